using FunctionTune.Hosting;
using FunctionTune.Remote.Jobs;

namespace FunctionTune.Remote.Batching;

/// <summary>A start that waits for its batch.</summary>
/// <param name="start">The attempt.</param>
/// <param name="place">Where its trial file lies.</param>
/// <param name="number">How often it has claimed a place, this time included.</param>
internal sealed class WaitingStart(TrialStart start, string place, int number)
{
    private readonly TaskCompletionSource<(string Token, JobStart Job)?> _batch = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public TrialStart Start => start;

    public string Place => place;

    public int Number => number;

    /// <summary>The batch that it is in, and what came of it; null when it got no place.</summary>
    public Task<(string Token, JobStart Job)?> Batch => _batch.Task;

    public void Tell((string Token, JobStart Job)? batch) => _batch.TrySetResult(batch);

    public void Fail(Exception fault) => _batch.TrySetException(fault);
}
