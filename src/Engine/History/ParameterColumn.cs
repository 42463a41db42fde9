using System.Runtime.InteropServices;
using FunctionTune.Spaces;

namespace FunctionTune.History;

/// <summary>
/// The values of one parameter in the trials where it is active, in the order of the trials' numbers. A numeric parameter's
/// values lie on its latent axis and are also kept sorted.
/// </summary>
internal sealed class ParameterColumn
{
    private readonly NumericPrior? _prior;
    private readonly List<int> _numbers;
    private readonly List<double> _values;
    private readonly List<int> _order;

    /// <summary>An empty column of a parameter with the given prior.</summary>
    public ParameterColumn(Distribution distribution)
        : this(NumericPrior.Of(distribution), [], [], []) { }

    private ParameterColumn(NumericPrior? prior, List<int> numbers, List<double> values, List<int> order)
    {
        _prior = prior;
        _numbers = numbers;
        _values = values;
        _order = order;
    }

    /// <summary>The trials' numbers, rising.</summary>
    public ReadOnlySpan<int> Numbers => CollectionsMarshal.AsSpan(_numbers);

    /// <summary>The values: on the latent axis, or the integers of a categorical parameter.</summary>
    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>Positions in <see cref="Values"/> by rising value, equal values by number; empty for a categorical parameter.</summary>
    public ReadOnlySpan<int> Order => CollectionsMarshal.AsSpan(_order);

    /// <summary>Adds the value of a trial that is not in the column.</summary>
    public void Add(int number, double raw)
    {
        double value = _prior?.ToLatent(raw) ?? raw;
        int position = ~_numbers.BinarySearch(number);
        _numbers.Insert(position, number);
        _values.Insert(position, value);
        if (_prior is not null)
        {
            MovePositions(position, by: 1);
            _order.Insert(PlaceOf(value, position), position);
        }
    }

    /// <summary>Takes out the value of a trial that is in the column.</summary>
    public void Remove(int number)
    {
        int position = _numbers.BinarySearch(number);
        if (_prior is not null)
        {
            _order.RemoveAt(PlaceOf(_values[position], position));
            MovePositions(position, by: -1);
        }

        _numbers.RemoveAt(position);
        _values.RemoveAt(position);
    }

    /// <summary>A column of its own with the same values, and room for some more.</summary>
    public ParameterColumn Copy(int room) =>
        new(
            _prior,
            HistoryIndex.WithRoom(_numbers, room),
            HistoryIndex.WithRoom(_values, room),
            HistoryIndex.WithRoom(_order, room)
        );

    private void MovePositions(int from, int by)
    {
        if (from == _order.Count)
        {
            return;
        }

        foreach (ref int position in CollectionsMarshal.AsSpan(_order))
        {
            position += position >= from ? by : 0;
        }
    }

    private int PlaceOf(double value, int position)
    {
        int low = 0;
        int high = _order.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            int other = _order[middle];
            bool isBefore = _values[other] < value || (_values[other] == value && other < position);
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
