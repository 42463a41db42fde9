using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace FunctionTune.Functions;

/// <summary>Reads settings, and gathers everything that is wrong with them.</summary>
/// <param name="settings">The app's configuration.</param>
internal sealed class SettingsReader(IConfiguration settings)
{
    private readonly List<Problem> _problems = [];

    /// <summary>What is wrong, in the order of reading.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>A setting as the portal and the templates write it.</summary>
    /// <param name="key">Its key.</param>
    public static string NameOf(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>A text; null when it is not set, or empty.</summary>
    /// <param name="key">The setting.</param>
    public string? Text(string key) => settings[key] is { Length: > 0 } text ? text : null;

    /// <summary>A whole number from 1.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="usual">What holds when it is not set.</param>
    public int Count(string key, int usual)
    {
        if (Text(key) is not { } text)
        {
            return usual;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1)
        {
            return count;
        }

        Refuse(key, "a limit is a whole number from 1", $"'{text}'", "");
        return usual;
    }

    /// <summary>A stretch of time above zero; null when it is not set.</summary>
    /// <param name="key">The setting.</param>
    public TimeSpan? Time(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan time) && time > TimeSpan.Zero)
        {
            return time;
        }

        Refuse(key, "a time is above zero, in days.hours:minutes:seconds", $"'{text}'", "Write for example 04:00:00.");
        return null;
    }

    /// <summary>Notes that a setting is wrong.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="rule">What must hold.</param>
    /// <param name="value">What was found.</param>
    /// <param name="hint">What to do about it.</param>
    public void Refuse(string key, string rule, string value, string hint) =>
        _problems.Add(new Problem(NameOf(key), rule, value, hint));

    /// <summary>Notes what is wrong with a setting.</summary>
    /// <param name="problems">What is wrong.</param>
    public void Refuse(IEnumerable<Problem> problems) => _problems.AddRange(problems);
}
