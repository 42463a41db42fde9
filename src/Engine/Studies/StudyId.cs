using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace FunctionTune.Studies;

/// <summary>The name under which a study is kept: <c>^[a-z0-9][a-z0-9-]{0,62}$</c>, so it is safe in a path and in a URL.</summary>
[JsonConverter(typeof(StudyIdJson))]
public readonly partial record struct StudyId
{
    private readonly string? _value;

    /// <summary>The id with the text <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException">The text breaks the rule of ids.</exception>
    public StudyId(string value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentException(
                $"A study id is 1 to 63 of a-z, 0-9 and '-', beginning with a letter or digit, but got '{value}'.",
                nameof(value)
            );
        }

        _value = value;
    }

    /// <summary>Whether <paramref name="value"/> may be an id.</summary>
    public static bool IsValid(string? value) => value is not null && Pattern().IsMatch(value);

    /// <summary>The nearest id to a free text: lower case, other characters as '-', cut to 63.</summary>
    /// <param name="text">Any text; <c>study</c> is returned when nothing of it can be used.</param>
    public static StudyId FromText(string text)
    {
        string id = NotAllowed().Replace(text.ToLowerInvariant(), "-").Trim('-');
        return new StudyId(id.Length == 0 ? "study" : id[..Math.Min(id.Length, 63)]);
    }

    /// <summary>The id's text.</summary>
    public override string ToString() => _value ?? "";

    [GeneratedRegex(
        "^[a-z0-9][a-z0-9-]{0,62}\\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();

    [GeneratedRegex(
        "[^a-z0-9]+",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex NotAllowed();
}
