namespace FunctionTune.Testing;

/// <summary>A timer of <see cref="VirtualTime"/>.</summary>
internal sealed class VirtualTimer(VirtualTime time, Action callback, long number, object? owner) : ITimer
{
    private readonly ExecutionContext? _context = owner is null ? null : ExecutionContext.Capture();
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    /// <summary>By time, and of the same time as they were made.</summary>
    public static IComparer<VirtualTimer> Order { get; } =
        Comparer<VirtualTimer>.Create(
            (a, b) => Nullable.Compare(a.Due, b.Due) is var byTime and not 0 ? byTime : a.Number.CompareTo(b.Number)
        );

    public long Number => number;

    public object? Owner => owner;

    /// <summary>When it rings; null when it is not set. Guarded by the clock.</summary>
    public DateTimeOffset? Due { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        return time.Set(this, dueTime);
    }

    public void Ring()
    {
        if (_period > TimeSpan.Zero)
        {
            time.Set(this, _period);
        }

        if (_context is null)
        {
            callback();
        }
        else
        {
            ExecutionContext.Run(_context, static run => ((Action)run!)(), callback);
        }
    }

    public void Dispose() => time.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
