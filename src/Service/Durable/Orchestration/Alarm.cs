namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>The one durable timer of an orchestration: it is set to whatever is due next.</summary>
internal sealed class Alarm(IOrchestration durable) : IDisposable
{
    private DateTimeOffset? _due;
    private Task? _timer;
    private CancellationTokenSource? _cancel;

    /// <summary>How many timers were made.</summary>
    public int Made { get; private set; }

    /// <summary>Completes at a time, or a little before or after it; null when there is nothing to wait for.</summary>
    public Task? RingAsync(DateTimeOffset? due)
    {
        if (due != _due || _timer is null or { IsCompleted: true })
        {
            Cancel();
            if (due is { } time)
            {
                Made++;
                _due = time;
                _cancel = new CancellationTokenSource();
                _timer = durable.TimerAsync(time, _cancel.Token);
            }
        }

        return _timer;
    }

    /// <inheritdoc/>
    public void Dispose() => Cancel();

    /// <summary>Ends the timer: one that nobody waits for would keep the instance alive.</summary>
    public void Cancel()
    {
        _cancel?.Cancel();
        _cancel?.Dispose();
        (_due, _timer, _cancel) = (null, null, null);
    }
}
