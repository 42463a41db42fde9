namespace FunctionTune.Studies;

/// <summary>New limits for a study; what is null stays as it is.</summary>
public sealed record LimitsChange
{
    /// <summary>See <see cref="StudyLimits.MaxEvals"/>.</summary>
    public int? MaxEvals { get; init; }

    /// <summary>See <see cref="StudyLimits.Parallelism"/>.</summary>
    public int? Parallelism { get; init; }

    /// <summary>See <see cref="StudyLimits.AutoParallelism"/>.</summary>
    public bool? AutoParallelism { get; init; }

    /// <summary>A time limit from now on, in place of the present one. Range: above zero.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>See <see cref="StudyLimits.LossThreshold"/>.</summary>
    public double? LossThreshold { get; init; }

    /// <summary>See <see cref="StudyLimits.NoProgress"/>; counting starts anew.</summary>
    public NoProgress? NoProgress { get; init; }

    /// <summary>See <see cref="StudyLimits.MaxIdenticalFailures"/>; counting starts anew.</summary>
    public int? MaxIdenticalFailures { get; init; }
}
