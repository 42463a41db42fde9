using FunctionTune.History;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Output;

/// <summary>Why a trial ended without a success.</summary>
internal static class TrialCause
{
    /// <summary>The kind of the failure, in lower camel case; null when it did not fail.</summary>
    public static string? Kind(TrialRecord trial) =>
        trial.Outcome switch
        {
            TrialOutcome.Failed failed => StatusText.Camel(failed.Kind),
            TrialOutcome.Lost => "lost",
            _ => null,
        };

    /// <summary>The cause in one line; null when there is none.</summary>
    public static string? Message(TrialRecord trial) =>
        trial.Outcome switch
        {
            TrialOutcome.Failed failed => failed.Message,
            TrialOutcome.Lost lost => lost.Message,
            TrialOutcome.Cancelled cancelled => cancelled.Reason,
            _ => null,
        };
}
