namespace FunctionTune.Studies;

/// <summary>Where a study comes from that a schedule began.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="At">The occurrence for which it was begun, UTC.</param>
public sealed record StudyOrigin(string Schedule, DateTimeOffset At)
{
    /// <summary>The earlier study of the schedule that this one was told of; null when there was none.</summary>
    public StudyId? Previous { get; init; }

    /// <summary>The best of <see cref="Previous"/>; null when no trial of it had succeeded.</summary>
    public StudyChampion? Champion { get; init; }

    /// <summary>How many of the points to evaluate are taken from <see cref="Previous"/>: they come first, best first. Range: at least 0.</summary>
    public int Points { get; init; }
}
