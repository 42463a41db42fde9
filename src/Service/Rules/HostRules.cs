using System.Collections.Immutable;

namespace FunctionTune.Service.Rules;

/// <summary>
/// What a host allows those who ask it for studies, whatever a study file could say. The defaults allow everything: they are
/// for a host that serves the one at whose machine it runs.
/// </summary>
public sealed record HostRules
{
    /// <summary>The most trials that a study may ask for. Range: at least 1.</summary>
    public int MaxEvals { get; init; } = int.MaxValue;

    /// <summary>The most trials at once. Range: at least 1.</summary>
    public int Parallelism { get; init; } = int.MaxValue;

    /// <summary>The most attempts at a trial. Range: at least 1.</summary>
    public int MaxAttempts { get; init; } = int.MaxValue;

    /// <summary>The longest time that a trial may be given; null for any, and for none given. Range: above zero.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>The platforms on which trials may run, by name, <c>process</c> among them; null for all that the host knows.</summary>
    public ImmutableArray<string>? Platforms { get; init; }

    /// <summary>
    /// Whether a study may name files of the host: programs, projects, data, the folder that paths start from. Without that
    /// right data lies elsewhere, or at a relative path below <see cref="AreaDataStaging.Folder"/> in the host's container.
    /// </summary>
    public bool LocalFiles { get; init; } = true;

    /// <summary>
    /// The places at or below which a study may put its staging area, for the host writes there in its own name; null for any.
    /// </summary>
    public ImmutableArray<string>? StagingPlaces { get; init; }
}
