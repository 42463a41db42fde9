using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FunctionTune.Json;

/// <summary>Fields of shapes that the options of several platforms share.</summary>
public static partial class FieldReading
{
    /// <summary>A text that must be there.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="name">The field.</param>
    /// <param name="what">What it says, such as <c>the path of a notebook</c>.</param>
    /// <param name="example">What to write.</param>
    /// <returns>The text; empty when it is absent or breaks its rule.</returns>
    public static string RequiredText(this JsonFields fields, string name, string what, string example)
    {
        _ = fields.Required(name, $"{name} says {what}", $"Write for example \"{name}\": \"{example}\".");
        return fields.FilledText(name, what) ?? "";
    }

    /// <summary>A text that is not empty; null when it is absent.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="name">The field.</param>
    /// <param name="what">What it says.</param>
    public static string? FilledText(this JsonFields fields, string name, string what) =>
        fields.Text(name, IsFilled, what);

    /// <summary>A list of texts, none of them empty; empty when it is absent.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="name">The field.</param>
    /// <param name="what">What they are.</param>
    public static ImmutableArray<string> Texts(this JsonFields fields, string name, string what) =>
        [
            .. fields
                .Items(
                    name,
                    item => item.ValueKind == JsonValueKind.String && IsFilled(item.GetString()!),
                    "texts",
                    what
                )
                .Select(item => item.GetString()!),
        ];

    /// <summary>A list of objects that are passed on as they are; empty when it is absent.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="name">The field.</param>
    /// <param name="what">What they are.</param>
    public static ImmutableArray<JsonNode> Objects(this JsonFields fields, string name, string what) =>
        [
            .. fields
                .Items(name, item => item.ValueKind == JsonValueKind.Object, "objects", what)
                .Select(item => (JsonNode)JsonObject.Create(item)!),
        ];

    /// <summary>An object of texts; empty when it is absent.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="name">The field.</param>
    /// <param name="what">What each of them says.</param>
    public static ImmutableSortedDictionary<string, string> TextMap(this JsonFields fields, string name, string what)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (fields.Inside(name) is { } values)
        {
            foreach (string key in values.Names)
            {
                map[key] = values.Text(key, IsWhole, what) ?? "";
            }
        }

        return map.ToImmutable();
    }

    /// <summary>One of some words; null when it is absent.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="name">The field.</param>
    /// <param name="words">The words, at least two.</param>
    public static string? OneOf(this JsonFields fields, string name, params string[] words) =>
        fields.Text(
            name,
            text => words.Contains(text, StringComparer.Ordinal),
            string.Join(" or ", words.Select(word => $"\"{word}\""))
        );

    /// <summary>An amount of memory as Spark has it, such as <c>4g</c>; null when it is absent.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="name">The field.</param>
    public static string? MemorySize(this JsonFields fields, string name) =>
        fields.Text(name, text => Size().IsMatch(text), "a size, such as \"4g\" or \"512m\"");

    /// <summary>The name of a function in a Python file; null when it is absent.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="name">The field.</param>
    public static string? PythonName(this JsonFields fields, string name) =>
        fields.Text(
            name,
            text => Identifier().IsMatch(text),
            "the name of a function of the file that takes the parameters and returns the loss"
        );

    /// <summary>A Spark configuration; empty when it is absent.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="name">The field.</param>
    public static ImmutableSortedDictionary<string, string> SparkConf(this JsonFields fields, string name)
    {
        ImmutableSortedDictionary<string, string> conf = fields.TextMap(name, "a text");
        foreach (string key in conf.Keys.Where(key => !ConfKey().IsMatch(key)))
        {
            string rule = "a key of the Spark configuration begins with \"spark.\" and has no spaces";
            fields.Refuse(name, rule, $"'{key}'", "Spark passes over all others.");
        }

        return conf;
    }

    [GeneratedRegex("^[0-9]+[kmgtKMGT]?[bB]?\\z", RegexOptions.NonBacktracking)]
    private static partial Regex Size();

    [GeneratedRegex(@"^spark\.[^\s=]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex ConfKey();

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{Nd}_]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();

    private static JsonElement.ArrayEnumerator Items(
        this JsonFields fields,
        string name,
        Func<JsonElement, bool> holds,
        string kind,
        string what
    )
    {
        if (fields.Any(name) is not { } element)
        {
            return default;
        }

        if (element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(holds))
        {
            return element.EnumerateArray();
        }

        fields.Refuse(name, $"{name} is a list of {kind}: {what}", element);
        return default;
    }

    private static bool IsFilled(string text) => text.Trim().Length > 0 && IsWhole(text);

    // The system ends arguments and variables at this character: what follows it would be lost without a word.
    private static bool IsWhole(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
