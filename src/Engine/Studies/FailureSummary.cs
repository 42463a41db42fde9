using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>What the failures of a study come down to.</summary>
public static class FailureSummary
{
    private const int Causes = 3;

    /// <summary>
    /// The causes, the most frequent first: <c>12 of 12 trials failed, all with: ...</c>. Failures with the same kind and
    /// message, numbers aside, are one cause. Empty when nothing failed and something succeeded.
    /// </summary>
    /// <param name="record">The study.</param>
    public static string Of(StudyRecord record)
    {
        int trials = record.Trials.Count;
        if (trials == 0)
        {
            return "No trial was started.";
        }

        var failures = record
            .Trials.Select(trial => trial.State == Ended(trial) ? trial.Outcome : null)
            .OfType<TrialOutcome>()
            .GroupBy(Cause, StringComparer.Ordinal)
            .Select(group => (Text: Text(group.First()), Count: group.Count()))
            .OrderByDescending(cause => cause.Count)
            .ToList();
        int failed = failures.Sum(cause => cause.Count);
        return failures.Count switch
        {
            0 => record.State.Counts.Succeeded > 0 ? "" : $"None of {trials} trials ended by itself.",
            1 => $"{failed} of {trials} trials failed, all with: {failures[0].Text}",
            _ => $"{failed} of {trials} trials failed. "
                + string.Join(" ", failures.Take(Causes).Select(cause => $"{cause.Count} with: {cause.Text}"))
                + (failures.Count > Causes ? $" And {failures.Count - Causes} causes more." : ""),
        };
    }

    private static TrialState Ended(TrialRecord trial) =>
        trial.Outcome is TrialOutcome.Lost ? TrialState.Lost : TrialState.Failed;

    private static string Cause(TrialOutcome outcome) =>
        outcome is TrialOutcome.Failed failed ? FailureStreak.CauseOf(failed) : "lost";

    private static string Text(TrialOutcome outcome) =>
        outcome switch
        {
            TrialOutcome.Failed failed => failed.Message,
            TrialOutcome.Lost lost => lost.Message,
            _ => "",
        };
}
