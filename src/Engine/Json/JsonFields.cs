using System.Globalization;
using System.Text.Json;

namespace FunctionTune.Json;

/// <summary>
/// Reads the fields of a JSON object and collects everything that is wrong with them: a wrong type, a value out of its
/// range, a name that nobody asked for. A field that breaks its rule is added to the problems and read as null.
/// </summary>
public sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly ICollection<Problem> _problems;

    /// <summary>The fields of an object.</summary>
    /// <param name="element">The object; anything else is a problem.</param>
    /// <param name="path">Where it stands, such as <c>$.trial.databricks</c>.</param>
    /// <param name="problems">What is wrong is added here.</param>
    public JsonFields(JsonElement element, string path, ICollection<Problem> problems)
    {
        (_path, _problems) = (path, problems);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse("", "an object is expected", element);
            return;
        }

        foreach (JsonProperty field in element.EnumerateObject())
        {
            _fields.TryAdd(field.Name, field.Value);
        }
    }

    /// <summary>The names of the fields, in the object's order, each once.</summary>
    public IEnumerable<string> Names => _fields.Keys;

    /// <summary>Where a field stands.</summary>
    /// <param name="name">The field; empty for the object itself.</param>
    public string PathOf(string name) => name.Length == 0 ? _path : JsonPath.Key(_path, name);

    /// <summary>The field called <paramref name="name"/>; null when it is absent or null.</summary>
    /// <param name="name">The field.</param>
    public JsonElement? Any(string name)
    {
        _known.Add(name);
        return _fields.TryGetValue(name, out JsonElement element) && element.ValueKind != JsonValueKind.Null
            ? element
            : null;
    }

    /// <summary>Whether the field is there with the value null.</summary>
    /// <param name="name">The field.</param>
    public bool IsNull(string name) =>
        _fields.TryGetValue(name, out JsonElement element) && element.ValueKind == JsonValueKind.Null;

    /// <summary>The fields of a field that is an object; null when it is absent.</summary>
    /// <param name="name">The field.</param>
    public JsonFields? Inside(string name) =>
        Any(name) is { } element ? new JsonFields(element, PathOf(name), _problems) : null;

    /// <summary>A field that must be there.</summary>
    /// <param name="name">The field.</param>
    /// <param name="rule">The rule that its absence breaks.</param>
    /// <param name="hint">What to write.</param>
    public JsonElement? Required(string name, string rule, string hint)
    {
        JsonElement? found = Any(name);
        if (found is null)
        {
            Refuse(name, rule, "nothing", hint);
        }

        return found;
    }

    /// <summary>A finite number.</summary>
    /// <param name="name">The field.</param>
    /// <param name="holds">Whether a number is in range.</param>
    /// <param name="rule">The range in words, such as <c>above 0</c>.</param>
    public double? Number(string name, Func<double, bool> holds, string rule) =>
        Read<double>(
            name,
            (JsonElement e, out double value) =>
                e.ValueKind == JsonValueKind.Number && e.TryGetDouble(out value) && double.IsFinite(value)
                || Nothing(out value),
            holds,
            $"a finite number {rule}".TrimEnd()
        );

    /// <summary>An integer.</summary>
    /// <param name="name">The field.</param>
    /// <param name="holds">Whether a number is in range.</param>
    /// <param name="rule">The range in words, such as <c>of at least 1</c>.</param>
    public long? Integer(string name, Func<long, bool> holds, string rule) =>
        Read<long>(
            name,
            (JsonElement e, out long value) =>
                e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out value) || Nothing(out value),
            holds,
            $"an integer {rule}".TrimEnd()
        );

    /// <summary>An integer of 32 bits.</summary>
    /// <param name="name">The field.</param>
    /// <param name="least">The smallest that is allowed.</param>
    public int? Int(string name, int least) =>
        (int?)Integer(name, value => value >= least && value <= int.MaxValue, $"of at least {least}");

    /// <summary>A duration above zero: <c>"hh:mm:ss"</c>, <c>"d.hh:mm:ss"</c>, or a number of seconds.</summary>
    /// <param name="name">The field.</param>
    public TimeSpan? Duration(string name) =>
        Read<TimeSpan>(
            name,
            TryDuration,
            value => value > TimeSpan.Zero && value <= TimeSpan.FromDays(3650),
            "a duration above zero: \"hh:mm:ss\", \"d.hh:mm:ss\", or a number of seconds"
        );

    /// <summary>True or false.</summary>
    /// <param name="name">The field.</param>
    public bool? Flag(string name) =>
        Read<bool>(
            name,
            (JsonElement e, out bool value) =>
                (value = e.ValueKind == JsonValueKind.True) || e.ValueKind == JsonValueKind.False,
            _ => true,
            "true or false"
        );

    /// <summary>A text.</summary>
    /// <param name="name">The field.</param>
    /// <param name="holds">Whether a text is allowed.</param>
    /// <param name="rule">What is allowed, in words.</param>
    public string? Text(string name, Func<string, bool> holds, string rule)
    {
        if (Any(name) is not { } element)
        {
            return null;
        }

        string? text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        if (text is not null && holds(text))
        {
            return text;
        }

        Refuse(name, $"{name} is {rule}", element);
        return null;
    }

    /// <summary>Refuses every field that was not asked for, with the nearest name that is known.</summary>
    public void RefuseOthers()
    {
        foreach (string name in _fields.Keys.Where(name => !_known.Contains(name)))
        {
            Refuse(
                name,
                "the name must be known",
                $"'{name}'",
                Spelling.Suggest(name, _known, $"Known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}.")
            );
        }
    }

    /// <summary>Adds a problem with a field.</summary>
    /// <param name="name">The field; empty for the object itself.</param>
    /// <param name="rule">The rule that it breaks.</param>
    /// <param name="element">What was found.</param>
    /// <param name="hint">What to do.</param>
    public void Refuse(string name, string rule, JsonElement element, string hint = "") =>
        Refuse(name, rule, JsonText.Short(element), hint);

    /// <summary>Adds a problem with a field.</summary>
    /// <param name="name">The field; empty for the object itself.</param>
    /// <param name="rule">The rule that it breaks.</param>
    /// <param name="value">What was found, in words.</param>
    /// <param name="hint">What to do.</param>
    public void Refuse(string name, string rule, string value, string hint) =>
        _problems.Add(new Problem(PathOf(name), rule, value, hint));

    private delegate bool Parse<T>(JsonElement element, out T value);

    private T? Read<T>(string name, Parse<T> parse, Func<T, bool> holds, string rule)
        where T : struct
    {
        if (Any(name) is not { } element)
        {
            return null;
        }

        if (parse(element, out T value) && holds(value))
        {
            return value;
        }

        Refuse(name, $"{name} is {rule}", element);
        return null;
    }

    private static bool TryDuration(JsonElement element, out TimeSpan value)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            // A bare "90" would be read as ninety days.
            return TimeSpan.TryParse(element.GetString(), CultureInfo.InvariantCulture, out value)
                && element.GetString()!.Contains(':', StringComparison.Ordinal);
        }

        value = default;
        if (
            element.ValueKind != JsonValueKind.Number
            || !element.TryGetDouble(out double seconds)
            || Math.Abs(seconds) > TimeSpan.FromDays(10_000).TotalSeconds
        )
        {
            return false;
        }

        value = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static bool Nothing<T>(out T? value)
    {
        value = default;
        return false;
    }
}
