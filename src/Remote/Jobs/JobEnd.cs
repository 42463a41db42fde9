using FunctionTune.History;

namespace FunctionTune.Remote.Jobs;

/// <summary>How a job ended, as its service tells it; what its trials wrote comes first.</summary>
/// <param name="Outcome">What went wrong; null when the job ended well.</param>
internal sealed record JobEnd(TrialOutcome? Outcome)
{
    /// <summary>What the job printed as its result; null when it printed none.</summary>
    public string? Printed { get; init; }

    /// <summary>Asks for what was printed, and why it failed; null when that is known, or there is nobody to ask.</summary>
    public Func<CancellationToken, Task<JobEnd>>? Explain { get; init; }
}
