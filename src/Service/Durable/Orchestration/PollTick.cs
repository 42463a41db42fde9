namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>
/// How often the trials of a study are looked at: about an eighth of the time since there was any news. So the end of a trial is
/// seen late by no more than an eighth of what the trials take, and hours of training cost few looks.
/// </summary>
internal static class PollTick
{
    /// <summary>How long a look may wait for news itself; below it a timer would cost more than the waiting.</summary>
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    /// <summary>What follows a look.</summary>
    /// <param name="quiet">How long there had been no news when it ended.</param>
    /// <returns>How long until the next look, and how long that one may wait for news.</returns>
    public static (TimeSpan Delay, TimeSpan Hold) After(TimeSpan quiet)
    {
        TimeSpan delay = quiet / 8;
        return delay < s_hold ? (TimeSpan.Zero, s_hold)
            : delay < s_longest ? (delay, TimeSpan.Zero)
            : (s_longest, TimeSpan.Zero);
    }
}
