using System.Runtime.InteropServices;
using FunctionTune.Spaces;

namespace FunctionTune.History;

/// <summary>
/// The trials that suggesters learn from, column by column: all but those of kind <see cref="LossKind.None"/>, with an
/// infinite loss where there is no finite one. What it holds depends on the trials only, not on the order in which they came.
/// </summary>
internal sealed class HistoryIndex
{
    private readonly List<int> _numbers;
    private readonly List<double> _losses;
    private readonly List<double> _variances;
    private readonly List<Point> _points;
    private readonly ParameterColumn[] _columns;

    /// <summary>An empty index over <paramref name="space"/>.</summary>
    public HistoryIndex(SearchSpace space)
        : this([], [], [], [], [.. space.Parameters.Select(parameter => new ParameterColumn(parameter.Prior))]) { }

    private HistoryIndex(
        List<int> numbers,
        List<double> losses,
        List<double> variances,
        List<Point> points,
        ParameterColumn[] columns
    )
    {
        _numbers = numbers;
        _losses = losses;
        _variances = variances;
        _points = points;
        _columns = columns;
    }

    /// <summary>The trials' numbers, rising.</summary>
    public ReadOnlySpan<int> Numbers => CollectionsMarshal.AsSpan(_numbers);

    /// <summary>The losses in the order of <see cref="Numbers"/>; never NaN.</summary>
    public ReadOnlySpan<double> Losses => CollectionsMarshal.AsSpan(_losses);

    /// <summary>The variances of the losses in the order of <see cref="Numbers"/>; 0 where none is known.</summary>
    public ReadOnlySpan<double> Variances => CollectionsMarshal.AsSpan(_variances);

    /// <summary>The points in the order of <see cref="Numbers"/>.</summary>
    public ReadOnlySpan<Point> Points => CollectionsMarshal.AsSpan(_points);

    /// <summary>One column a parameter, in the space's order.</summary>
    public ReadOnlySpan<ParameterColumn> Columns => _columns;

    /// <summary>Adds a trial, or replaces what is known of it.</summary>
    public void Record(Observation observation)
    {
        int position = _numbers.BinarySearch(observation.Number);
        bool isLearntFrom = observation.Kind != LossKind.None;
        if (position >= 0 && isLearntFrom && _points[position].Equals(observation.Point))
        {
            _losses[position] = LossOf(observation);
            _variances[position] = VarianceOf(observation);
            return;
        }

        if (position >= 0)
        {
            Remove(position);
        }

        if (isLearntFrom)
        {
            Insert(position >= 0 ? position : ~position, observation);
        }
    }

    /// <summary>An index of its own with the same trials, and room for some more.</summary>
    public HistoryIndex Copy(int room) =>
        new(
            WithRoom(_numbers, room),
            WithRoom(_losses, room),
            WithRoom(_variances, room),
            WithRoom(_points, room),
            [.. _columns.Select(column => column.Copy(room))]
        );

    /// <summary>A list of its own with the same items, and room for some more.</summary>
    internal static List<T> WithRoom<T>(List<T> items, int room)
    {
        var copy = new List<T>(items.Count + room);
        copy.AddRange(items);
        return copy;
    }

    private static double LossOf(Observation observation) =>
        observation.Kind == LossKind.Finite ? observation.Loss : double.PositiveInfinity;

    private static double VarianceOf(Observation observation) =>
        observation.Kind == LossKind.Finite && observation.LossVariance > 0 ? observation.LossVariance : 0;

    private void Insert(int position, Observation observation)
    {
        _numbers.Insert(position, observation.Number);
        _losses.Insert(position, LossOf(observation));
        _variances.Insert(position, VarianceOf(observation));
        _points.Insert(position, observation.Point);
        for (int parameter = 0; parameter < _columns.Length; parameter++)
        {
            if (observation.Point.IsActive(parameter))
            {
                _columns[parameter].Add(observation.Number, observation.Point[parameter]);
            }
        }
    }

    private void Remove(int position)
    {
        for (int parameter = 0; parameter < _columns.Length; parameter++)
        {
            if (_points[position].IsActive(parameter))
            {
                _columns[parameter].Remove(_numbers[position]);
            }
        }

        _numbers.RemoveAt(position);
        _losses.RemoveAt(position);
        _variances.RemoveAt(position);
        _points.RemoveAt(position);
    }
}
