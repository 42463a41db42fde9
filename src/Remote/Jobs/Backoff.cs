using System.Globalization;

namespace FunctionTune.Remote.Jobs;

/// <summary>How long an attempt that was lost waits for the next one: twice as long each time, up to five minutes.</summary>
internal static class Backoff
{
    private const double Longest = 300;

    /// <summary>The wait.</summary>
    /// <param name="attempt">The attempt that was lost, from 1.</param>
    /// <param name="token">Its token: a fifth of the wait follows from it, so that trials lost together do not come back together.</param>
    public static TimeSpan Of(int attempt, string token)
    {
        double seconds = Math.Min(Longest, 10 * Math.Pow(2, Math.Min(attempt, 10) - 1));
        double share = byte.Parse(token.AsSpan(0, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return TimeSpan.FromSeconds(seconds * (0.8 + 0.2 * share));
    }
}
