using FunctionTune.History;

namespace FunctionTune.Suggest.Tpe;

/// <summary>The good and the other observations of one parameter, read from its column.</summary>
internal readonly ref struct LabelHistory
{
    private readonly ParameterColumn _column;
    private readonly ReadOnlySpan<int> _below;

    /// <summary>The observations of <paramref name="column"/>, split.</summary>
    /// <param name="column">The parameter's column.</param>
    /// <param name="good">Numbers of the good trials, rising.</param>
    /// <param name="positions">Memory for as long as this is used. Shape (at least as many as <paramref name="good"/>).</param>
    public LabelHistory(ParameterColumn column, ReadOnlySpan<int> good, Span<int> positions)
    {
        _column = column;
        int count = 0;
        foreach (int number in good)
        {
            int position = column.Numbers.BinarySearch(number);
            if (position >= 0)
            {
                positions[count++] = position;
            }
        }

        _below = positions[..count];
    }

    /// <summary>All observations in the order of the trials' numbers.</summary>
    public ReadOnlySpan<double> All => _column.Values;

    /// <summary>How many observations are good.</summary>
    public int BelowCount => _below.Length;

    /// <summary>How many are not.</summary>
    public int AboveCount => All.Length - BelowCount;

    /// <summary>Writes the good observations in the order of the trials' numbers. Shape (<see cref="BelowCount"/>).</summary>
    public void CopyBelow(Span<double> observations)
    {
        for (int i = 0; i < _below.Length; i++)
        {
            observations[i] = All[_below[i]];
        }
    }

    /// <summary>Writes what each observation weighs among those above: forgotten with age, and 0 where it is good.</summary>
    /// <param name="weights">Shape (<see cref="All"/>).</param>
    public void WeighAbove(Span<double> weights)
    {
        // The weights of those above are written without gaps at first, then moved up past the good ones, last first.
        ForgettingWeights.Fill(weights[..AboveCount]);
        int to = weights.Length;
        for (int i = _below.Length - 1; i >= 0; i--)
        {
            int from = _below[i] + 1;
            weights[(from - i - 1)..(to - i - 1)].CopyTo(weights[from..to]);
            weights[_below[i]] = 0;
            to = _below[i];
        }
    }

    /// <summary>Writes the observations above, sorted, and what they weigh.</summary>
    /// <param name="weights">From <see cref="WeighAbove"/>. Shape (<see cref="All"/>).</param>
    /// <param name="sorted">The observations, rising. Shape (<see cref="AboveCount"/>).</param>
    /// <param name="sortedWeights">Their weights. Shape (<see cref="AboveCount"/>).</param>
    public void SortAbove(ReadOnlySpan<double> weights, Span<double> sorted, Span<double> sortedWeights)
    {
        ReadOnlySpan<double> all = All;
        int count = 0;
        foreach (int position in _column.Order)
        {
            if (weights[position] > 0)
            {
                sorted[count] = all[position];
                sortedWeights[count++] = weights[position];
            }
        }
    }
}
