using System.CommandLine;

namespace FunctionTune.Cli.Commands;

/// <summary>One verb of the command, with examples for its help.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(
            async (parsed, cancellationToken) => (int)await RunAsync(parsed, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>Command lines that show what the verb is for, each with a remark after '#'.</summary>
    public IReadOnlyList<string> Examples { get; }

    protected abstract Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken);
}
