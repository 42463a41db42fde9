using System.Globalization;

namespace FunctionTune.Cli.Commands;

/// <summary>Times as people type them.</summary>
internal static class TimeText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads seconds (<c>90</c>, <c>90s</c>), minutes, hours, days (<c>10m</c>, <c>2h</c>, <c>1d</c>) or <c>hh:mm:ss</c>.</summary>
    /// <returns>A time above zero and at most ten years; null when the text is none.</returns>
    public static TimeSpan? Parse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan clock) ? InRange(clock) : null;
        }

        (string number, double unit) = text switch
        {
            [.. var head, 's'] => (head, 1),
            [.. var head, 'm'] => (head, 60),
            [.. var head, 'h'] => (head, 3600),
            [.. var head, 'd'] => (head, 86400),
            _ => (text, 1),
        };
        return
            double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value * unit <= Longest.TotalSeconds
            ? InRange(TimeSpan.FromSeconds(value * unit))
            : null;
    }

    private static TimeSpan? InRange(TimeSpan time) => time > TimeSpan.Zero && time <= Longest ? time : null;
}
