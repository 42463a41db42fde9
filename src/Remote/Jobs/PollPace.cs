namespace FunctionTune.Remote.Jobs;

/// <summary>
/// How often jobs are looked at: a tenth of what they take, between two bounds. Short trials are seen to end at once, and long
/// ones cost few calls.
/// </summary>
/// <param name="least">The shortest time between two looks.</param>
/// <param name="most">The longest.</param>
/// <param name="time">The clock.</param>
internal sealed class PollPace(TimeSpan least, TimeSpan most, TimeProvider time)
{
    /// <summary>How much the latest duration weighs in the mean.</summary>
    private const double Weight = 0.2;

    private readonly Lock _gate = new();
    private double? _typical;
    private bool _hurried;

    /// <summary>Notes that a job ended.</summary>
    /// <param name="began">The time stamp at which it was first seen.</param>
    public void Ended(long began)
    {
        double seconds = time.GetElapsedTime(began).TotalSeconds;
        lock (_gate)
        {
            _typical = _typical is { } mean ? mean + Weight * (seconds - mean) : seconds;
        }
    }

    /// <summary>The next look comes soon: something is expected.</summary>
    public void Hurry() => _hurried = true;

    /// <summary>How long to wait until the next look.</summary>
    /// <param name="oldest">The time stamp at which the oldest job under way was first seen; null when there is none.</param>
    public TimeSpan Next(long? oldest)
    {
        lock (_gate)
        {
            double age = oldest is { } began ? time.GetElapsedTime(began).TotalSeconds : 0;
            double wait = _hurried ? 0 : (_typical ?? age) / 10;
            _hurried = false;
            return TimeSpan.FromSeconds(Math.Clamp(wait, least.TotalSeconds, most.TotalSeconds));
        }
    }
}
