namespace FunctionTune.Local.Processes;

/// <summary>What tells a trial program where its trial file is.</summary>
internal static class TrialProgramVariable
{
    /// <summary>The environment variable.</summary>
    public const string Name = "FUNCTIONTUNE_TRIAL";

    /// <summary>The argument before the place, for programs that the variable does not reach.</summary>
    public const string Argument = "--functiontune-trial";
}
