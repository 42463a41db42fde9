using System.Text.Json;
using System.Text.Json.Serialization;

namespace FunctionTune.Studies;

internal sealed class StudySpecConverter : JsonConverter<StudySpec>
{
    public override StudySpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return StudySpecJson.Read(document.RootElement).Required();
    }

    public override void Write(Utf8JsonWriter writer, StudySpec value, JsonSerializerOptions options) =>
        StudySpecJson.Write(value).WriteTo(writer, options);
}
