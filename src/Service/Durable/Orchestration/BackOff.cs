namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>When an activity that had trouble is tried again: after 5 s, 10 s and so on up to 5 min, for ever.</summary>
internal sealed class BackOff
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private int _failures;

    /// <summary>The earliest time for the next try.</summary>
    public DateTimeOffset Until { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>What the trouble is; null when there is none.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Notes what came of a try.</summary>
    /// <param name="trouble">What was in the way; null when nothing was.</param>
    /// <param name="now">The time.</param>
    public void Note(string? trouble, DateTimeOffset now)
    {
        Trouble = trouble;
        _failures = trouble is null ? 0 : _failures + 1;
        TimeSpan wait = s_first * Math.Pow(2, Math.Min(_failures - 1, 10));
        Until = trouble is null ? DateTimeOffset.MinValue : now + (wait < s_longest ? wait : s_longest);
    }
}
