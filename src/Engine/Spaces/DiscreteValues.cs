using System.Collections.Immutable;

namespace FunctionTune.Spaces;

/// <summary>
/// The values that a discrete distribution can give, by their rank. Of a rounded one the multiples whose share of a step lies
/// within the bounds: a multiple that only the very bound is rounded to does not come out.
/// </summary>
internal readonly struct DiscreteValues
{
    /// <summary>The least share of a step that counts, for bounds such as 0.3 that went through arithmetic.</summary>
    private const double LeastShare = 1e-9;

    /// <summary>Beyond this a double skips integers, and with them multiples of a step.</summary>
    private const double LargestInteger = 9007199254740992;

    private readonly double _low;
    private readonly double _step;
    private readonly ImmutableArray<int> _options;

    private DiscreteValues(double low, double step, long count, ImmutableArray<int> options = default)
    {
        _low = low;
        _step = step;
        Count = count;
        _options = options;
    }

    /// <summary>How many values there are. Range: at least 1.</summary>
    public long Count { get; }

    /// <summary>The values of a distribution; null when it is continuous or unbounded.</summary>
    public static DiscreteValues? Of(Distribution distribution) =>
        distribution switch
        {
            Distribution.PChoice d => Possible(d),
            Distribution.Choice or Distribution.RandInt => Integers(CategoricalPrior.Of(distribution)!.Value),
            Distribution.QUniform d => Multiples(d.Low, d.High, d.Q),
            Distribution.UniformInt d => Multiples(d.Low, d.High, q: 1),
            Distribution.QLogUniform d => Multiples(Math.Exp(d.Low), Math.Exp(d.High), d.Q),
            _ => null,
        };

    /// <summary>The value of a rank, as a draw would give it.</summary>
    /// <param name="rank">Range: 0 to below <see cref="Count"/>.</param>
    public double At(long rank) => _options.IsDefault ? ((_low + rank) * _step) + 0.0 : _options[(int)rank];

    /// <summary>The rank of a value, or of the one nearest to it.</summary>
    /// <param name="value">Range: finite.</param>
    public long RankOf(double value)
    {
        if (_options.IsDefault)
        {
            return (long)Math.Clamp(Math.Round(value / _step) - _low, 0, Count - 1);
        }

        int rank = _options.BinarySearch((int)value);
        return rank >= 0 ? rank : Math.Min(~rank, _options.Length - 1);
    }

    private static DiscreteValues Integers(in CategoricalPrior prior) => new(prior.Low, 1, (long)prior.Count);

    private static DiscreteValues Possible(Distribution.PChoice choice)
    {
        ImmutableArray<int> options =
        [
            .. Enumerable.Range(0, choice.Probabilities.Length).Where(option => choice.Probabilities[option] > 0),
        ];
        return new DiscreteValues(0, 1, options.Length, options);
    }

    private static DiscreteValues? Multiples(double low, double high, double q)
    {
        double first = Math.Round(low / q, MidpointRounding.ToEven);
        double last = Math.Round(high / q, MidpointRounding.ToEven);
        if (Math.Max(Math.Abs(first), Math.Abs(last)) > LargestInteger)
        {
            return null;
        }

        first += first < last && ((first + 0.5) * q) - low <= LeastShare * q ? 1 : 0;
        last -= first < last && high - ((last - 0.5) * q) <= LeastShare * q ? 1 : 0;
        return new DiscreteValues(first, q, (long)(last - first) + 1);
    }
}
