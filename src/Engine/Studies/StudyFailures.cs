using System.Collections.Immutable;
using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>Why the trials of a study failed.</summary>
public static class StudyFailures
{
    private const int MostNamed = 3;

    /// <summary>
    /// The causes, the most frequent first, ties in the order of the trials. Messages that differ in numbers only are one cause;
    /// trials that were lost to infrastructure count as well.
    /// </summary>
    /// <param name="study">The study.</param>
    public static ImmutableArray<FailureCause> Causes(StudyRecord study) =>
        [
            .. study
                .Trials.Select(Failure)
                .OfType<TrialOutcome.Failed>()
                .GroupBy(FailureStreak.CauseOf, StringComparer.Ordinal)
                .Select(cause => new FailureCause(cause.First().Message, cause.Count()))
                .OrderByDescending(cause => cause.Count),
        ];

    /// <summary>
    /// The failures in one sentence, such as "12 of 12 trials failed, all with: exit code 1: no module named numpy";
    /// of several causes the three most frequent are named. Null when nothing failed.
    /// </summary>
    /// <param name="study">The study.</param>
    public static string? Summary(StudyRecord study)
    {
        ImmutableArray<FailureCause> causes = Causes(study);
        if (causes.IsEmpty)
        {
            return null;
        }

        int failed = causes.Sum(cause => cause.Count);
        int ended = study.Trials.Count(trial => trial.State is not (TrialState.Waiting or TrialState.Running));
        string start = $"{failed} of {ended} {(ended == 1 ? "trial" : "trials")} failed";
        if (causes.Length == 1)
        {
            return $"{start}{(failed > 1 ? ", all" : "")} with: {causes[0].Message}";
        }

        string named = string.Join(
            "; ",
            causes.Take(MostNamed).Select(cause => $"{cause.Count} with: {cause.Message}")
        );
        int others = causes.Length - MostNamed;
        return others > 0
            ? $"{start}, {named}; and {others} further {(others == 1 ? "cause" : "causes")}"
            : $"{start}, {named}";
    }

    private static TrialOutcome.Failed? Failure(TrialRecord trial) =>
        (trial.State, trial.Outcome) switch
        {
            (TrialState.Failed, TrialOutcome.Failed failed) => failed,
            (TrialState.Lost, TrialOutcome.Lost lost) => new TrialOutcome.Failed(
                FailureKind.CouldNotStart,
                lost.Message
            ),
            _ => null,
        };
}
