using System.CommandLine;
using FunctionTune.Cli.Commands;
using Spectre.Console;

namespace FunctionTune.Cli.Progress;

/// <summary>Chooses a display.</summary>
internal static class Displays
{
    /// <summary>
    /// A live display on a terminal, plain lines where standard output goes elsewhere. When standard output is to hold JSON, a
    /// live display on standard error if that is a terminal, otherwise nothing.
    /// </summary>
    public static IProgressDisplay For(ParseResult parsed, TimeProvider time)
    {
        if (parsed.GetValue(SharedOptions.Quiet))
        {
            return new NoDisplay();
        }

        bool json = parsed.GetValue(SharedOptions.Json);
        bool isTerminal = json ? !Console.IsErrorRedirected : !Console.IsOutputRedirected;
        IAnsiConsole console = Terminal(json ? Console.Error : Console.Out);
        return isTerminal && console.Profile.Capabilities.Ansi ? new LiveDisplay(console, time)
            : json ? new NoDisplay()
            : new PlainDisplay(parsed.InvocationConfiguration.Output, time);
    }

    private static IAnsiConsole Terminal(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
