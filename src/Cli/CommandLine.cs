using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using FunctionTune.Cli.Commands;
using FunctionTune.Cli.Output;

namespace FunctionTune.Cli;

/// <summary>The whole command line: its verbs, and the one place where errors become messages and exit codes.</summary>
internal static class CommandLine
{
    public static async Task<ExitCode> RunAsync(string[] args)
    {
        ParseResult parsed = Root()
            .Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var report = new ErrorReport(
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            SharedOptions.WantsJson(parsed)
        );
        if (parsed.Action is ParseErrorAction)
        {
            return report.Misused(parsed);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return (ExitCode)await parsed.InvokeAsync(configuration, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return report.Failed(e);
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand(
            "Tunes hyperparameters with hyperopt's semantics. Studies are kept in a folder, survive the death of any process, "
                + "and go on where they stopped."
        );
        Verb[] verbs =
        [
            new RunVerb(),
            new ResumeVerb(),
            new ListVerb(),
            new ShowVerb(),
            new TrialsVerb(),
            new CancelVerb(),
            new SweepVerb(),
            new ValidateVerb(),
            new AskTellVerb(),
            new ServeVerb(),
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
