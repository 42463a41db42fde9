using System.Collections.Immutable;
using FunctionTune.History;

namespace FunctionTune.Local;

/// <summary>What the end of an objective means.</summary>
internal static class DelegateOutcome
{
    private const int MessageLength = 1000;
    private const int DetailLength = 8000;

    public static TrialOutcome Of(TrialResult? result)
    {
        if (result is null)
        {
            return new TrialOutcome.Failed(FailureKind.NoResult, "The objective returned null.");
        }

        if (double.IsNaN(result.Loss))
        {
            return new TrialOutcome.Failed(FailureKind.NanLoss, "The loss was NaN.");
        }

        return double.IsInfinity(result.Loss)
            ? new TrialOutcome.Failed(
                FailureKind.InfiniteLoss,
                $"The loss was {(result.Loss > 0 ? "infinity" : "minus infinity")}."
            )
            : new TrialOutcome.Succeeded(Finite(result));
    }

    public static TrialOutcome Of(Exception exception) =>
        exception is TrialFailedException failed
            ? new TrialOutcome.Failed(FailureKind.Reported, Cut(failed.Message, MessageLength))
            {
                Loss = failed.Loss is { } loss && double.IsFinite(loss) ? loss : null,
            }
            : new TrialOutcome.Failed(
                FailureKind.Exception,
                Cut($"{exception.GetType().Name}: {exception.Message}", MessageLength)
            )
            {
                Detail = Cut(exception.ToString(), DetailLength),
            };

    private static TrialResult Finite(TrialResult result) =>
        result with
        {
            LossVariance = Finite(result.LossVariance),
            TrueLoss = Finite(result.TrueLoss),
            TrueLossVariance = Finite(result.TrueLossVariance),
            Metrics = result
                .Metrics.Where(m => double.IsFinite(m.Value))
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
        };

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
