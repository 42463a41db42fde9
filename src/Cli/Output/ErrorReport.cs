using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionTune.Json;

namespace FunctionTune.Cli.Output;

/// <summary>
/// Tells what went wrong: as text on standard error, and as one JSON document on standard output when that is what the
/// caller reads.
/// </summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="json">Whether standard output is to hold one JSON document.</param>
internal sealed class ErrorReport(TextWriter output, TextWriter error, bool json)
{
    /// <summary>Set to see where an unexpected error came from.</summary>
    private const string DebugVariable = "FUNCTIONTUNE_DEBUG";

    /// <summary>Reports a command line that could not be understood.</summary>
    public ExitCode Misused(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        ImmutableArray<Problem> problems =
        [
            .. parsed.Errors.Select(e => new Problem(
                "command line",
                e.Message.TrimEnd('.'),
                Hint: Meant(parsed, e.Message)
            )),
        ];
        string help = command is RootCommand ? "functiontune --help" : $"functiontune {command.Name} --help";
        return Tell(ExitCode.InvalidInput, "The command line was not understood.", problems, $"See: {help}");
    }

    /// <summary>Reports an exception.</summary>
    public ExitCode Failed(Exception exception)
    {
        if (Environment.GetEnvironmentVariable(DebugVariable) is { Length: > 0 })
        {
            error.WriteLine(exception);
        }

        return exception switch
        {
            InvalidInputException e => Tell(ExitCode.InvalidInput, Title(e.Problems), e.Problems),
            OperationCanceledException => Tell(ExitCode.Interrupted, "Interrupted.", []),
            FunctionTuneException or IOException or UnauthorizedAccessException => Tell(
                ExitCode.Infrastructure,
                exception.Message,
                []
            ),
            _ => Tell(
                ExitCode.Infrastructure,
                $"Unexpected error: {exception.Message}",
                [],
                $"This is a defect; set {DebugVariable}=1 to see where it happened."
            ),
        };
    }

    private static string Meant(ParseResult parsed, string message)
    {
        Command command = parsed.CommandResult.Command;
        string? unknown = parsed.UnmatchedTokens.FirstOrDefault(token =>
            message.Contains($"'{token}'", StringComparison.Ordinal)
        );
        return unknown is null
            ? ""
            : Spelling.Suggest(
                unknown,
                unknown.StartsWith('-') ? command.Options.Select(o => o.Name) : command.Subcommands.Select(c => c.Name)
            );
    }

    private static string Title(ImmutableArray<Problem> problems) =>
        problems.Length == 1 ? "The input has a problem:" : $"The input has {problems.Length} problems:";

    private ExitCode Tell(ExitCode code, string message, ImmutableArray<Problem> problems, string hint = "")
    {
        error.WriteLine(message);
        foreach (Problem problem in problems)
        {
            error.WriteLine($"  {problem}");
        }

        if (hint.Length > 0)
        {
            error.WriteLine(hint);
        }

        if (json)
        {
            OutputJson.Write(output, Document(message, problems));
        }

        return code;
    }

    private static JsonObject Document(string message, ImmutableArray<Problem> problems) =>
        new()
        {
            ["error"] = message,
            ["problems"] = new JsonArray([
                .. problems.Select(p => new JsonObject
                {
                    ["path"] = p.Path,
                    ["rule"] = p.Rule,
                    ["value"] = p.Value,
                    ["hint"] = p.Hint,
                }),
            ]),
        };
}
