namespace FunctionTune.Remote.Tests.Databricks;

/// <summary>A clock on which short waits are over at once, and take their time all the same. Waits of a minute and more never end.</summary>
internal sealed class HastyTime : TimeProvider
{
    private readonly Lock _gate = new();
    private TimeSpan _passed;

    /// <summary>How much time has passed in waits.</summary>
    public TimeSpan Passed
    {
        get
        {
            lock (_gate)
            {
                return _passed;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Passed.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Passed;

    public void Pass(TimeSpan time)
    {
        lock (_gate)
        {
            _passed += time;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime >= TimeSpan.FromMinutes(1))
        {
            return new Never();
        }

        Pass(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
