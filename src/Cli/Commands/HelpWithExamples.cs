using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FunctionTune.Cli.Commands;

/// <summary>The usual help, followed by examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly string[] General =
    [
        "functiontune run study.json                # run a study, or go on with it",
        "functiontune list                          # the studies of this folder",
        "functiontune show diabetes                 # best parameters, counts, hints",
        "functiontune trials diabetes --format csv  # every trial, for a spreadsheet",
    ];

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string line in parseResult.CommandResult.Command is Verb verb ? verb.Examples : General)
        {
            output.WriteLine($"  {line}");
        }

        if (parseResult.CommandResult.Command is not Verb)
        {
            output.WriteLine();
            output.WriteLine("Exit codes:");
            output.WriteLine(
                "  0 done, a best trial was found   2 invalid input, nothing started   3 no trial succeeded"
            );
            output.WriteLine("  4 infrastructure                 130 interrupted, the study can be resumed");
        }

        return code;
    }
}
