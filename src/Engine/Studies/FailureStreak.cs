using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>How many trials in a row failed for the same cause.</summary>
/// <param name="Cause">The cause, numbers left out, a long one as its hash; empty before the first failure.</param>
/// <param name="Count">How many.</param>
public sealed partial record FailureStreak(string Cause = "", int Count = 0)
{
    private const int MaxLength = 100;
    private const int DigestLength = 24;

    /// <summary>The streak after one more failure.</summary>
    /// <param name="failure">The failure.</param>
    public FailureStreak After(TrialOutcome.Failed failure)
    {
        string cause = $"{failure.Kind}: {ShortMessage(failure)}";
        return string.Equals(cause, Cause, StringComparison.Ordinal)
            ? this with
            {
                Count = Count + 1,
            }
            : new FailureStreak(cause, 1);
    }

    /// <summary>What makes two failures identical: the kind and the message, whatever numbers stand in it.</summary>
    /// <param name="failure">The failure.</param>
    public static string CauseOf(TrialOutcome.Failed failure) => $"{failure.Kind}: {WithoutNumbers(failure)}";

    /// <summary>
    /// A failure's message as far as it tells causes apart: without numbers, a long one as its hash. The short form
    /// of a short form is itself.
    /// </summary>
    internal static string ShortMessage(TrialOutcome.Failed failure)
    {
        string cause = WithoutNumbers(failure);
        return cause.Length <= MaxLength ? cause : Letters(cause);
    }

    private static string WithoutNumbers(TrialOutcome.Failed failure) => Numbers().Replace(failure.Message, "#");

    /// <summary>A hash without digits, which would be taken for numbers of the message.</summary>
    private static string Letters(string text) =>
        string.Concat(
            SHA256.HashData(Encoding.UTF8.GetBytes(text)).Take(DigestLength).Select(b => (char)('a' + b % 26))
        );

    [GeneratedRegex(
        "[-+]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Numbers();
}
