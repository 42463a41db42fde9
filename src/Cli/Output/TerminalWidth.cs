namespace FunctionTune.Cli.Output;

/// <summary>How wide a table may be.</summary>
internal static class TerminalWidth
{
    private const int Narrowest = 20;

    /// <summary>The columns of the terminal; null when standard output is none.</summary>
    public static int? OfOutput() => Console.IsOutputRedirected ? null : Math.Max(Narrowest, Console.WindowWidth - 1);
}
