namespace FunctionTune.Remote.Trials;

/// <summary>The argument before the place of the trial file, or of the list of a batch's trials.</summary>
internal static class TrialArgument
{
    public const string Name = "--functiontune-trial";
}
