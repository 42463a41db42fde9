using System.Text.RegularExpressions;
using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>How many trials in a row failed for the same cause.</summary>
/// <param name="Cause">The cause, numbers left out; empty before the first failure.</param>
/// <param name="Count">How many.</param>
public sealed partial record FailureStreak(string Cause = "", int Count = 0)
{
    /// <summary>The streak after one more failure.</summary>
    /// <param name="failure">The failure.</param>
    public FailureStreak After(TrialOutcome.Failed failure)
    {
        string cause = CauseOf(failure);
        return string.Equals(cause, Cause, StringComparison.Ordinal)
            ? this with
            {
                Count = Count + 1,
            }
            : new FailureStreak(cause, 1);
    }

    /// <summary>What makes two failures identical: the kind and the message, whatever numbers stand in it.</summary>
    /// <param name="failure">The failure.</param>
    public static string CauseOf(TrialOutcome.Failed failure) =>
        $"{failure.Kind}: {Numbers().Replace(failure.Message, "#")}";

    [GeneratedRegex(
        "[-+]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Numbers();
}
