using System.Text.Json;

namespace FunctionTune.Remote.Databricks.Answers;

/// <summary>Members of answers as far as they are there: services add fields, leave fields out, and change numbers to texts.</summary>
internal static class JsonReading
{
    extension(JsonElement json)
    {
        /// <summary>An object member; undefined when there is none.</summary>
        public JsonElement At(string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value)
                ? value
                : default;

        /// <summary>A text; empty when there is none.</summary>
        public string Text(string name) =>
            json.At(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() ?? "" : "";

        /// <summary>An integer; null when there is none.</summary>
        public long? Whole(string name) =>
            json.At(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number)
                ? value.TryGetInt64(out long whole)
                    ? whole
                    : (long)number
                : null;

        /// <summary>A number; null when there is none.</summary>
        public double? Number(string name) =>
            json.At(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number)
                ? number
                : null;

        /// <summary>Whether a member is there and true.</summary>
        public bool Flag(string name) => json.At(name).ValueKind == JsonValueKind.True;

        /// <summary>The items of an array; none when there is no array.</summary>
        public IEnumerable<JsonElement> Items(string name) =>
            json.At(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];
    }
}
