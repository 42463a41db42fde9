namespace FunctionTune.Local.Processes;

/// <summary>The environment variable that tells a trial program where its trial file is.</summary>
internal static class TrialProgramVariable
{
    public const string Name = "FUNCTIONTUNE_TRIAL";
}
