namespace FunctionTune.Testing;

/// <summary>
/// A clock that stands still until it is told to go on to the next timer, so that hours pass in no time and in the same order
/// each time. Timers belong to whoever set them and die with it. Thread-safe; callbacks run on the thread that advances.
/// </summary>
/// <param name="start">What the clock shows first.</param>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private static readonly AsyncLocal<object?> s_owner = new();

    private readonly Lock _gate = new();
    private readonly SortedSet<VirtualTimer> _due = new(VirtualTimer.Order);
    private readonly HashSet<VirtualTimer> _all = [];
    private DateTimeOffset _now = start;
    private long _timers;

    /// <summary>Whom the timers belong to that the code under way sets; null for nobody.</summary>
    public static object? Owner
    {
        get => s_owner.Value;
        set => s_owner.Value = value;
    }

    /// <summary>When the next timer is due; null when none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _due.Min?.Due;
            }
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state), Interlocked.Increment(ref _timers), Owner);
        lock (_gate)
        {
            _all.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Does something at a time, whatever becomes of who asks for it; at once when the time has passed already.</summary>
    /// <param name="at">The time.</param>
    /// <param name="action">What to do, on the thread that advances the clock.</param>
    public void At(DateTimeOffset at, Action action)
    {
        VirtualTimer? timer = null;
        timer = new VirtualTimer(
            this,
            () =>
            {
                timer!.Dispose();
                action();
            },
            Interlocked.Increment(ref _timers),
            owner: null
        );
        TimeSpan wait = at - GetUtcNow();
        lock (_gate)
        {
            _all.Add(timer);
        }

        Set(timer, wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    /// <summary>Goes on to the next timer and lets it ring.</summary>
    /// <returns>False when no timer is set.</returns>
    public bool Advance()
    {
        VirtualTimer? next;
        lock (_gate)
        {
            next = _due.Min;
            if (next is null)
            {
                return false;
            }

            _due.Remove(next);
            _now = next.Due!.Value > _now ? next.Due.Value : _now;
        }

        next.Ring();
        return true;
    }

    /// <summary>Goes on to the next timer and lets it ring, and all others of that time.</summary>
    /// <returns>False when no timer is set.</returns>
    public bool AdvanceAll()
    {
        bool any = Advance();
        while (NextDue <= GetUtcNow())
        {
            Advance();
        }

        return any;
    }

    /// <summary>Whether somebody waits for a timer, be it one that never rings.</summary>
    /// <param name="owner">Who.</param>
    public bool IsWaiting(object owner)
    {
        lock (_gate)
        {
            return _all.Any(timer => ReferenceEquals(timer.Owner, owner));
        }
    }

    /// <summary>Whether a timer is set to a time.</summary>
    /// <param name="at">The time.</param>
    public bool IsSetTo(DateTimeOffset at)
    {
        lock (_gate)
        {
            return _due.Any(timer => timer.Due == at);
        }
    }

    /// <summary>Takes away all timers of somebody who is no more.</summary>
    /// <param name="owner">Who.</param>
    public void Forget(object owner)
    {
        lock (_gate)
        {
            foreach (VirtualTimer timer in _all.Where(timer => ReferenceEquals(timer.Owner, owner)).ToList())
            {
                Remove(timer);
            }
        }
    }

    internal bool Set(VirtualTimer timer, TimeSpan wait)
    {
        lock (_gate)
        {
            if (!_all.Contains(timer))
            {
                return false;
            }

            _due.Remove(timer);
            timer.Due = wait < TimeSpan.Zero ? null : _now + wait;
            if (timer.Due is not null)
            {
                _due.Add(timer);
            }

            return true;
        }
    }

    internal void Remove(VirtualTimer timer)
    {
        lock (_gate)
        {
            _due.Remove(timer);
            _all.Remove(timer);
        }
    }
}
