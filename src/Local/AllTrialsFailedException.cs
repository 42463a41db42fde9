namespace FunctionTune.Local;

/// <summary>A search ended without a single success.</summary>
/// <param name="message">How many trials there were, and what they failed with.</param>
/// <param name="trials">All trials.</param>
public sealed class AllTrialsFailedException(string message, Trials trials) : FunctionTuneException(message)
{
    /// <summary>All trials.</summary>
    public Trials Trials { get; } = trials;
}
