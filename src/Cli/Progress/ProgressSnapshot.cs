using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Progress;

/// <summary>What is shown of a study under way, taken at one moment.</summary>
/// <param name="Name">The study's name.</param>
/// <param name="Algo">The search algorithm.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Ended">How many trials have ended.</param>
/// <param name="MaxEvals">How many there will be; null when that is not known.</param>
/// <param name="Best">The best loss and its setting; null before the first success.</param>
/// <param name="Trace">The best loss after each trial that succeeded, thinned out evenly.</param>
/// <param name="Running">The first of the trials under way.</param>
/// <param name="RunningCount">How many are under way.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="LatestFailure">What the latest one that failed said; null when none did.</param>
/// <param name="EndedHere">How many ended since this process took the study up.</param>
/// <param name="Since">When it did.</param>
/// <param name="Deadline">When the time is over; null for no limit.</param>
internal sealed record ProgressSnapshot(
    string Name,
    string Algo,
    StudyStatus Status,
    int Ended,
    int? MaxEvals,
    ProgressSnapshot.Top? Best,
    ImmutableArray<double> Trace,
    ImmutableArray<ProgressSnapshot.Row> Running,
    int RunningCount,
    int Failed,
    string? LatestFailure,
    int EndedHere,
    DateTimeOffset Since,
    DateTimeOffset? Deadline
)
{
    /// <summary>The best trial.</summary>
    internal sealed record Top(int Trial, double Loss, string Parameters);

    /// <summary>A trial under way.</summary>
    internal sealed record Row(int Trial, DateTimeOffset StartedAt, string Parameters);

    /// <summary>Trials ended a second, since this process took the study up; 0 when that is not known yet.</summary>
    /// <param name="now">The present time.</param>
    public double Rate(DateTimeOffset now) => EndedHere > 0 && now > Since ? EndedHere / (now - Since).TotalSeconds : 0;

    /// <summary>How long it will go on at this rate and within the time limit; null when that is not known.</summary>
    /// <param name="now">The present time.</param>
    public TimeSpan? Left(DateTimeOffset now)
    {
        double rate = Rate(now);
        double? byRate = rate > 0 && MaxEvals is { } most ? (most - Ended) / rate : null;
        double? byClock = Deadline is { } end ? (end - now).TotalSeconds : null;
        double? seconds = byRate is null ? byClock : Math.Min(byRate.Value, byClock ?? double.MaxValue);
        return seconds is { } s && s < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(0, s)) : null;
    }
}
