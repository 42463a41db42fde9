using System.Globalization;
using FunctionTune.History;

namespace FunctionTune.Local.Processes;

/// <summary>What became of an attempt, from everything that it left.</summary>
/// <param name="written">What it left as its result file; null when there is none.</param>
/// <param name="output">The end of what it printed.</param>
internal sealed class Verdict(TrialOutcome? written, string output)
{
    private bool IsResult => written is not null and not TrialOutcome.Failed { Kind: FailureKind.InvalidResult };

    /// <summary>The outcome of an attempt whose program ended by itself.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="lastLine">The last line of its standard output.</param>
    public TrialOutcome Exited(int exitCode, ReadOnlySpan<byte> lastLine)
    {
        if (exitCode != 0)
        {
            return IsResult
                ? WithNote($"the program ended with {Name(exitCode)} after it wrote this result")
                : Fault(exitCode);
        }

        TrialOutcome? result = written ?? (lastLine.IsEmpty ? null : TrialResultReader.Read(lastLine));
        return result is TrialOutcome.Failed { Detail: null } failure
            ? failure with
            {
                Detail = OutcomeText.Detail(output),
            }
            : result
                ?? Failed(
                    FailureKind.NoResult,
                    "the program ended without a result: it wrote no result file and printed nothing"
                );
    }

    /// <summary>The outcome of an attempt that was ended from outside: a result written before still counts.</summary>
    /// <param name="ending">Why.</param>
    /// <param name="left">Its processes that could not be ended; as a rule none.</param>
    public TrialOutcome Ended(Ending ending, IReadOnlyList<int> left) =>
        ending switch
        {
            Ending.TimedOut e when IsResult => WithNote(
                $"the program was ended at its timeout of {e.Timeout:c} after it wrote this result"
            ),
            _ when IsResult => written!,
            _ when left.Count > 0 => new TrialOutcome.Lost(
                OutcomeText.Line($"its processes {string.Join(", ", left)} could not be ended")
            ),
            Ending.TimedOut e => Failed(
                FailureKind.Timeout,
                $"the trial took longer than its timeout of {e.Timeout:c}"
            ),
            Ending.Stopped e => new TrialOutcome.Cancelled(OutcomeText.Line(e.Reason)),
            _ => new TrialOutcome.Interrupted(),
        };

    private TrialOutcome.Failed Fault(int exitCode)
    {
        if (TrialCommand.CouldNotRun(exitCode, output) is { } refusal)
        {
            return Failed(FailureKind.CouldNotStart, $"the program could not be started: {refusal}");
        }

        if (Signals.TellsOfKill(exitCode))
        {
            string often = exitCode == 128 + Signals.Kill ? ", often out of memory" : "";
            return Failed(FailureKind.Killed, Name(exitCode) + often);
        }

        string cause = OutcomeText.Cause(output);
        return Failed(
            FailureKind.ExitCode,
            cause.Length > 0 ? $"{Name(exitCode)}: {cause}" : $"{Name(exitCode)}, without any output"
        );
    }

    private TrialOutcome WithNote(string note) =>
        written is TrialOutcome.Succeeded { Result: var result }
            ? new TrialOutcome.Succeeded(
                result with
                {
                    Note = OutcomeText.Line(result.Note is { } first ? $"{first}; {note}" : note),
                }
            )
            : written!;

    private TrialOutcome.Failed Failed(FailureKind kind, string message) =>
        new(kind, OutcomeText.Line(message)) { Detail = OutcomeText.Detail(output) };

    private static string Name(int exitCode) =>
        string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}")
        + (Signals.NameIn(exitCode) is { } signal ? $" ({signal})" : "");
}
