namespace FunctionTune.Remote.Databricks;

/// <summary>
/// How many trials at once a workspace seems to bear: half of those under way when it had no room for one more, and then one more
/// each half minute, until it has forgotten.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class Throttle(TimeProvider time)
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private int? _limit;
    private int _forgottenAt;
    private long _since;

    /// <summary>Notes that there was no room.</summary>
    /// <param name="underWay">The trials under way.</param>
    public void Refused(int underWay)
    {
        lock (_gate)
        {
            // Many refusals of the same moment are one.
            if (_limit is not null && time.GetElapsedTime(_since) < s_step)
            {
                return;
            }

            int now = Now() is { } limit ? Math.Min(limit, underWay) : underWay;
            _forgottenAt = Math.Max(_forgottenAt, underWay);
            _limit = Math.Max(1, now / 2);
            _since = time.GetTimestamp();
        }
    }

    /// <summary>The limit; null for none.</summary>
    public int? Limit
    {
        get
        {
            lock (_gate)
            {
                return Now();
            }
        }
    }

    private int? Now()
    {
        if (_limit is not { } limit)
        {
            return null;
        }

        int grown = limit + (int)(time.GetElapsedTime(_since) / s_step);
        if (grown < _forgottenAt)
        {
            return grown;
        }

        (_limit, _forgottenAt) = (null, 0);
        return null;
    }
}
