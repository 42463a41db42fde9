using FunctionTune.Studies;

namespace FunctionTune.Service.Durable;

/// <summary>How far a study has come, for whoever looks at its durable instance.</summary>
public sealed record StudyProgress
{
    /// <summary>Version of this record's form.</summary>
    public int V { get; init; } = 1;

    /// <summary>What the study does: <c>preparing</c>, <c>refused</c>, or its status.</summary>
    public required string Phase { get; init; }

    /// <summary>How many trials there will be at most; null for no limit.</summary>
    public int? Total { get; init; }

    /// <summary>How many trials ended by themselves.</summary>
    public int Done { get; init; }

    /// <summary>How many are under way.</summary>
    public int Running { get; init; }

    /// <summary>How many failed or were lost.</summary>
    public int Failed { get; init; }

    /// <summary>Number of the best trial; null before the first success.</summary>
    public int? BestTrial { get; init; }

    /// <summary>Its loss.</summary>
    public double? BestLoss { get; init; }

    /// <summary>How many trials may be under way at once.</summary>
    public int Parallelism { get; init; }

    /// <summary>Why the study stops or ended; null while it goes on.</summary>
    public StopReason? Reason { get; init; }

    /// <summary>What keeps the study from going on at the moment, in a line; null when nothing does.</summary>
    public string? Trouble { get; init; }

    /// <summary>When this was so, UTC.</summary>
    public DateTimeOffset UpdatedUtc { get; init; }
}
