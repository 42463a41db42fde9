using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>
/// One setting, as an objective receives it: the space's structure with a value for every active parameter. Choices are
/// resolved to the option itself, inactive parameters are absent, integers are integers.
/// </summary>
public sealed class Params
{
    internal Params(JsonNode? value) => Value = value;

    /// <summary>The setting as JSON; a bare value for a space that is a single expression.</summary>
    public JsonNode? Value { get; }

    /// <summary>The number at <paramref name="path"/>.</summary>
    /// <param name="path">Keys joined by dots, list items by number, such as <c>kernel.gamma</c> or <c>layers.0</c>; for a
    /// space that is a single expression, its label or nothing.</param>
    /// <exception cref="ArgumentException">There is no such value, or it is no number.</exception>
    public double Double(string path = "") => Get<double>(path, "a number");

    /// <summary>The integer at <paramref name="path"/>.</summary>
    /// <param name="path">See <see cref="Double"/>.</param>
    /// <exception cref="ArgumentException">There is no such value, or it is no 32-bit integer.</exception>
    public int Int(string path = "") => Get<int>(path, "an integer");

    /// <summary>The text at <paramref name="path"/>.</summary>
    /// <param name="path">See <see cref="Double"/>.</param>
    /// <exception cref="ArgumentException">There is no such value, or it is no text.</exception>
    public string String(string path = "") => Get<string>(path, "a text");

    /// <summary>The truth value at <paramref name="path"/>.</summary>
    /// <param name="path">See <see cref="Double"/>.</param>
    /// <exception cref="ArgumentException">There is no such value, or it is no truth value.</exception>
    public bool Bool(string path = "") => Get<bool>(path, "true or false");

    /// <summary>Whether there is a value at <paramref name="path"/>: a parameter of an option not taken is absent.</summary>
    /// <param name="path">See <see cref="Double"/>.</param>
    public bool Has(string path) => TryFind(path, out _);

    /// <summary>The whole setting, or a part of it, as an object of the caller's own type.</summary>
    /// <typeparam name="T">Any type that System.Text.Json can read; names are matched without regard to case.</typeparam>
    /// <param name="path">See <see cref="Double"/>; the whole setting when empty.</param>
    public T As<T>(string path = "") => Get<T>(path, $"a {typeof(T).Name}");

    /// <summary>The setting as JSON text.</summary>
    public override string ToString() => Value?.ToJsonString(StudyJson.Options) ?? "null";

    private T Get<T>(string path, string expected)
    {
        if (!TryFind(path, out JsonNode? found))
        {
            throw new ArgumentException($"There is no parameter '{path}' in {this}.", nameof(path));
        }

        try
        {
            return found.Deserialize<T>(StudyJson.Options)
                ?? throw new ArgumentException($"'{path}' should be {expected}, but it is null.", nameof(path));
        }
        catch (JsonException e)
        {
            throw new ArgumentException(
                $"'{path}' should be {expected}, but it is {found?.ToJsonString()}.",
                nameof(path),
                e
            );
        }
    }

    private bool TryFind(string path, out JsonNode? found)
    {
        found = Value;
        if (path.Length == 0 || Value is JsonValue or null)
        {
            return true;
        }

        // A key may itself hold dots: the longest match comes first.
        if (Value is JsonObject whole && whole.TryGetPropertyValue(path, out found))
        {
            return true;
        }

        found = Value;
        foreach (string part in path.Split('.'))
        {
            bool stands = found switch
            {
                JsonObject dictionary => dictionary.TryGetPropertyValue(part, out found),
                JsonArray list => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
                    && i < list.Count
                    && (found = list[i]) is var _,
                _ => false,
            };
            if (!stands)
            {
                return false;
            }
        }

        return true;
    }
}
