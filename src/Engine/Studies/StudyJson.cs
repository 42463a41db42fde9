using System.Text.Json;
using System.Text.Json.Serialization;

namespace FunctionTune.Studies;

/// <summary>How events are written: one JSON object a line, camel case, no line breaks, no NaN and no infinity.</summary>
public static class StudyJson
{
    /// <summary>The version of the event format that is written.</summary>
    public const int Format = 1;

    /// <summary>The options for events and everything in them.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>An event as one line without its line break, UTF-8.</summary>
    /// <param name="fact">The event.</param>
    public static byte[] Write(StudyEvent fact) => JsonSerializer.SerializeToUtf8Bytes(fact, Options);

    /// <summary>Reads an event.</summary>
    /// <param name="line">One line of a log, UTF-8.</param>
    /// <exception cref="JsonException">The line is no event.</exception>
    public static StudyEvent Read(ReadOnlySpan<byte> line)
    {
        try
        {
            StudyEvent fact =
                JsonSerializer.Deserialize<StudyEvent>(line, Options)
                ?? throw new JsonException("An event was expected.");
            return fact is StudyEvent.Created { Format: > Format } created
                ? throw new JsonException(
                    $"The log is in format {created.Format}, and this version reads up to {Format}: use a newer one."
                )
                : fact;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidInputException)
        {
            // No type, or a description that breaks the rules of study files.
            throw new JsonException(e.Message, e);
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = 1024, // a space nests up to 250 nodes, each of up to four levels of JSON
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
