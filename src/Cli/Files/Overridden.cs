using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Cli.Files;

/// <summary>A JSON object with some of its members replaced, so that what replaces them is checked like the rest.</summary>
internal static class Overridden
{
    /// <summary>The object with the given members in place of its own; everything else, repeated keys included, as it is.</summary>
    /// <param name="value">An object; another kind of value stays what it is.</param>
    /// <param name="members">The new members.</param>
    public static JsonElement With(JsonElement value, IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                Write(writer, value, new(members, StringComparer.Ordinal));
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Dictionary<string, JsonNode?> members)
    {
        writer.WriteStartObject();
        foreach (JsonProperty property in value.EnumerateObject().Where(p => !members.ContainsKey(p.Name)))
        {
            property.WriteTo(writer);
        }

        foreach ((string name, JsonNode? member) in members)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, member);
        }

        writer.WriteEndObject();
    }
}
