using System.Text.Json.Serialization;

namespace FunctionTune.Studies;

/// <summary>What bounds a study. All of it can be changed while the study runs.</summary>
public sealed record StudyLimits
{
    /// <summary>How many trials are started in all, given points included; null for no such limit. Range: at least 1.</summary>
    public int? MaxEvals { get; init; }

    /// <summary>How many trials may be under way at once. Range: at least 1.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Whether the host sets the parallelism to what its machine or cluster can carry.</summary>
    public bool AutoParallelism { get; init; }

    /// <summary>How many suggestions may be computed ahead; 1 computes each when a slot is free. Range: at least 1.</summary>
    public int MaxQueueLen { get; init; } = 1;

    /// <summary>How long the study may go on; trials under way are then stopped. Range: above zero.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The study stops when the best loss is below this; trials under way end by themselves.</summary>
    public double? LossThreshold { get; init; }

    /// <summary>Stop when nothing gets better; null for no such rule.</summary>
    public NoProgress? NoProgress { get; init; }

    /// <summary>Whether a rule in the user's own code is asked after each trial that ended.</summary>
    public bool CustomStopRule { get; init; }

    /// <summary>
    /// The study stops when this many trials in a row, with no success before them, failed for the same cause; null never.
    /// </summary>
    // Null differs from the default, so it is written.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? MaxIdenticalFailures { get; init; } = 5;

    /// <summary>How often a trial is started, at most, when its infrastructure fails. Range: at least 1.</summary>
    public int MaxAttempts { get; init; } = 3;
}
