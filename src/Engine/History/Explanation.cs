using System.Collections.Immutable;

namespace FunctionTune.History;

/// <summary>
/// Why a point was suggested, as far as its algorithm can tell. Numbers that are not finite are dropped, so that every
/// explanation can be written down.
/// </summary>
public sealed record Explanation
{
    /// <summary>The most trials that are named.</summary>
    public const int MostTrials = 5;

    /// <summary>What the algorithm compares candidates by: the log of the expected improvement, or of the ratio of densities.</summary>
    public double? Score
    {
        get;
        init => field = Finite.Or(value);
    }

    /// <summary>The loss that the model expects.</summary>
    public double? Mean
    {
        get;
        init => field = Finite.Or(value);
    }

    /// <summary>Standard deviation of that expectation, in the unit of the loss. Range: at least 0.</summary>
    public double? Deviation
    {
        get;
        init => field = Finite.Or(value);
    }

    /// <summary>The densities that were compared, one a parameter, or one a group of them.</summary>
    public ImmutableArray<LabelDensity> Densities { get; init; } = [];

    /// <summary>Numbers of the trials that mattered most, most first; at most <see cref="MostTrials"/>.</summary>
    public ImmutableArray<int> Trials
    {
        get;
        init => field = value.Length > MostTrials ? value[..MostTrials] : value;
    } = [];

    /// <summary>Whether the two say the same, number by number.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(Explanation? other) =>
        other is not null
        && (Score, Mean, Deviation).Equals((other.Score, other.Mean, other.Deviation))
        && Densities.SequenceEqual(other.Densities)
        && Trials.SequenceEqual(other.Trials);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Score, Mean, Deviation, Densities.Length, Trials.Length);
}
