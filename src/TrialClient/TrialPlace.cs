namespace FunctionTune.TrialClient;

/// <summary>How a program is told where its trial file lies: by an argument, or else by the environment.</summary>
internal static class TrialPlace
{
    public const string Variable = "FUNCTIONTUNE_TRIAL";
    public const string Argument = "--functiontune-trial";

    /// <summary>The place of the trial file that this program was started for.</summary>
    /// <exception cref="TrialException">Neither names a trial file.</exception>
    public static string OfThisProgram() =>
        Named(Environment.GetCommandLineArgs())
        ?? (
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } place
                ? place
                : throw new TrialException(
                    $"The argument {Argument} or the environment variable {Variable} must name the trial file, but neither does: FunctionTune sets one when it starts a trial. "
                        + $"To try the program by hand, write trial.json with {{\"params\": {{...}}}} and start it with {Variable}=trial.json; "
                        + "the result then appears on standard output."
                )
        );

    /// <summary>The arguments without those that name the trial.</summary>
    public static string[] Without(string[] arguments)
    {
        int at = IndexIn(arguments);
        return at < 0 ? arguments : [.. arguments.Take(at), .. arguments.Skip(at + 2)];
    }

    private static string? Named(string[] arguments) =>
        IndexIn(arguments) is >= 0 and var at ? arguments[at + 1] : null;

    private static int IndexIn(string[] arguments)
    {
        int at = Array.LastIndexOf(arguments, Argument);
        return at + 1 < arguments.Length ? at : -1;
    }
}
