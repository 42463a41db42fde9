namespace FunctionTune.Remote.Http;

/// <summary>Lets through so many calls a second, in the order in which they came. A burst of one second's worth passes at once.</summary>
/// <param name="perSecond">Calls a second. Range: above 0.</param>
/// <param name="time">The clock.</param>
internal sealed class RateLimit(double perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _gap = (long)(time.TimestampFrequency / perSecond);
    private long _next = long.MinValue;

    /// <summary>Completes when it is the caller's turn.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            long now = time.GetTimestamp();
            long turn = Math.Max(_next, now - time.TimestampFrequency);
            _next = turn + _gap;
            wait = time.GetElapsedTime(now, turn);
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }
}
