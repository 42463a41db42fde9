using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Service.Schedules;

/// <summary>
/// Whether the best setting of the study before holds. It is judged within this study, where the champion was measured again on the
/// data of today: losses of two studies are losses on different data.
/// </summary>
/// <param name="Schedule">The schedule that began the study.</param>
/// <param name="At">The occurrence, UTC.</param>
/// <param name="Verdict">What became of the champion.</param>
/// <param name="IsFinal">Whether the study is over.</param>
public sealed record ScheduleReport(string Schedule, DateTimeOffset At, ScheduleVerdict Verdict, bool IsFinal)
{
    /// <summary>The study before; null when there was none.</summary>
    public StudyId? Previous { get; init; }

    /// <summary>How many of its best points are tried first. Range: at least 0.</summary>
    public int Points { get; init; }

    /// <summary>Number of the champion's trial in the study before; null when there is no champion.</summary>
    public int? ChampionTrial { get; init; }

    /// <summary>The champion's loss in the study before.</summary>
    public double? ChampionLossThen { get; init; }

    /// <summary>The champion's loss in this study; null while it has none.</summary>
    public double? ChampionLossNow { get; init; }

    /// <summary>Number of this study's best trial; null before the first success.</summary>
    public int? BestTrial { get; init; }

    /// <summary>Its loss.</summary>
    public double? BestLoss { get; init; }

    /// <summary>By how much the best is below the champion in this study. Range: at least 0; null while the champion has no loss.</summary>
    public double? By { get; init; }

    /// <summary>The report in a sentence.</summary>
    public required string Text { get; init; }

    /// <summary>The report of a study that a schedule began; null for other studies.</summary>
    /// <param name="study">The study.</param>
    public static ScheduleReport? Of(StudyRecord study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.Spec.Origin is not { } origin)
        {
            return null;
        }

        TrialRecord? again = origin.Champion is { Fits: true } && study.Trials.Count > 0 ? study.Trials[0] : null;
        BestTrial? best = study.State.Best;
        var report = new ScheduleReport(origin.Schedule, origin.At, Judge(study, again), study.State.IsOver)
        {
            Previous = origin.Previous,
            Points = origin.Points,
            ChampionTrial = origin.Champion?.Trial,
            ChampionLossThen = origin.Champion?.Loss,
            ChampionLossNow = again?.Loss,
            BestTrial = best?.Trial,
            BestLoss = best?.Loss,
            By = again?.Loss - best?.Loss,
            Text = "",
        };
        return report with { Text = ScheduleReportText.Of(report, again) };
    }

    private static ScheduleVerdict Judge(StudyRecord study, TrialRecord? again) =>
        study.Spec.Origin switch
        {
            { Previous: null } => ScheduleVerdict.First,
            { Champion: null } => ScheduleVerdict.NoChampion,
            { Champion.Fits: false } => ScheduleVerdict.Unfit,
            _ when again?.Loss is not null => study.State.Best!.Trial == again.Number
                ? ScheduleVerdict.Kept
                : ScheduleVerdict.Replaced,
            _ when again is { State: not (TrialState.Waiting or TrialState.Running) } || study.State.IsOver =>
                ScheduleVerdict.Unmeasured,
            _ => ScheduleVerdict.Pending,
        };
}
