using System.Globalization;
using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Service.Schedules;

/// <summary>The champion's report for people.</summary>
internal static class ScheduleReportText
{
    /// <summary>The report in a sentence.</summary>
    /// <param name="report">The report.</param>
    /// <param name="again">The champion's trial in this study; null when it has none.</param>
    public static string Of(ScheduleReport report, TrialRecord? again)
    {
        string champion = $"the champion, trial {report.ChampionTrial} of {report.Previous}";
        string then = $"its loss was {Number(report.ChampionLossThen)}";
        string best = report.BestTrial is { } trial
            ? $"the best of this study is trial {trial} with {Number(report.BestLoss)}"
            : "no trial of this study has succeeded";
        string sofar = report.IsFinal ? "" : " so far";
        return report.Verdict switch
        {
            ScheduleVerdict.First => "began afresh, from no study before",
            ScheduleVerdict.NoChampion => $"no champion: no trial of {report.Previous} succeeded",
            ScheduleVerdict.Unfit => $"{champion}, does not lie in this study's space ({then}); {best}",
            ScheduleVerdict.Pending => $"{champion}, is being measured again ({then})",
            ScheduleVerdict.Unmeasured => $"{champion}, has no loss this time: {Cause(again)} ({then}); {best}",
            ScheduleVerdict.Kept => $"{champion}, is kept{sofar}: {Number(report.ChampionLossNow)} now ({then})",
            _ =>
                $"{champion}, is replaced{sofar} by trial {report.BestTrial}: {Number(report.BestLoss)} against {Number(report.ChampionLossNow)} now, better by {Number(report.By)} ({then})",
        };
    }

    private static string Cause(TrialRecord? again) =>
        again switch
        {
            { Outcome: TrialOutcome.Failed failed } => $"its trial failed with: {failed.Message}",
            { State: TrialState.Lost } => "its trial was lost",
            { State: TrialState.Cancelled } => "its trial was stopped",
            _ => "the study ended before",
        };

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "none";
}
