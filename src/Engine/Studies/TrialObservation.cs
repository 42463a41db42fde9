using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>
/// What a suggester may learn from a trial, by hyperopt's rules: a reported failure is bad, an exception or a crash teaches
/// nothing, neither does NaN; infinity is bad, whatever its sign.
/// </summary>
internal static class TrialObservation
{
    public static Observation Of(TrialRecord trial)
    {
        (LossKind kind, double loss, double? variance) = trial.State switch
        {
            TrialState.Waiting or TrialState.Running => (LossKind.Pending, double.NaN, null),
            _ => trial.Outcome switch
            {
                TrialOutcome.Succeeded e => (LossKind.Finite, e.Result.Loss, e.Result.LossVariance),
                TrialOutcome.Failed { Loss: { } reported } => (LossKind.Finite, reported, null),
                TrialOutcome.Failed { Kind: FailureKind.Reported or FailureKind.InfiniteLoss } => (
                    LossKind.Bad,
                    double.NaN,
                    null
                ),
                _ => (LossKind.None, double.NaN, null),
            },
        };
        return new Observation(trial.Number, trial.Point, kind, loss, variance ?? double.NaN);
    }
}
