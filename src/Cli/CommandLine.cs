using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using FunctionTune.Cli.Commands;
using FunctionTune.Cli.Output;
using FunctionTune.Hosting;

namespace FunctionTune.Cli;

/// <summary>The whole command line: its verbs, and the one place where errors become messages and exit codes.</summary>
public static class CommandLine
{
    /// <summary>Carries out a command line. A program of one's own that has more algorithms is made of this one call.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="suggesters">The search algorithms that studies may name.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Suggesters suggesters)
    {
        ArgumentNullException.ThrowIfNull(args);
        ParseResult parsed = Root(suggesters)
            .Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var report = new ErrorReport(
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            SharedOptions.WantsJson(parsed)
        );
        if (parsed.Action is ParseErrorAction)
        {
            return (int)report.Misused(parsed);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return (int)report.Failed(e);
        }
    }

    private static RootCommand Root(Suggesters suggesters)
    {
        var root = new RootCommand(
            "Tunes hyperparameters with hyperopt's semantics. Studies are kept in a folder, survive the death of any process, "
                + "and go on where they stopped."
        );
        Verb[] verbs =
        [
            new RunVerb(suggesters),
            new ResumeVerb(suggesters),
            new ListVerb(),
            new ShowVerb(),
            new TrialsVerb(),
            new CancelVerb(),
            new SweepVerb(),
            new ReplayVerb(suggesters),
            new ValidateVerb(suggesters),
            new AskTellVerb(suggesters),
            new ServeVerb(suggesters),
        ];
        foreach (Verb verb in verbs)
        {
            root.Add(verb);
        }

        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { Action: HelpAction help } option)
        {
            option.Action = new HelpWithExamples(help);
        }

        return root;
    }
}
