namespace FunctionTune.Local.Processes;

/// <summary>Wakes those who wait when a run has ended, and again until its end was told.</summary>
/// <typeparam name="TRun">Names a run.</typeparam>
/// <param name="interval">The longest wait.</param>
/// <param name="clock">Measures it.</param>
internal sealed class News<TRun>(TimeSpan interval, TimeProvider clock)
    where TRun : notnull
{
    /// <summary>How often a run whose end was announced, but not asked for yet, is announced again.</summary>
    private static readonly TimeSpan Reminder = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly HashSet<TRun> _untold = [];
    private TaskCompletionSource _fresh = New();

    public void Ended(TRun run)
    {
        lock (_gate)
        {
            _untold.Add(run);
            _fresh.TrySetResult();
        }
    }

    public void Told(TRun run)
    {
        lock (_gate)
        {
            _untold.Remove(run);
        }
    }

    /// <summary>Completes when the end of a run is to be told, or the interval has passed.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        Task fresh;
        TimeSpan longest;
        lock (_gate)
        {
            fresh = _fresh.Task;
            longest = _untold.Count > 0 ? Reminder : interval;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(fresh, Task.Delay(longest, clock, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _fresh = _fresh.Task.IsCompleted ? New() : _fresh;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
