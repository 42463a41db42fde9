namespace FunctionTune.Testing;

/// <summary>A clock that runs faster than the world, so that waits are short.</summary>
/// <param name="factor">How many times faster.</param>
public sealed class FastTime(int factor) : TimeProvider
{
    private readonly DateTimeOffset _begun = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _begun + factor * (System.GetUtcNow() - _begun);

    public override long GetTimestamp() => factor * System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shorten(dueTime), Shorten(period));

    private TimeSpan Shorten(TimeSpan wait) => wait < TimeSpan.Zero ? wait : wait / factor;
}
