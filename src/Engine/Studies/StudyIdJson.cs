using System.Text.Json;
using System.Text.Json.Serialization;

namespace FunctionTune.Studies;

internal sealed class StudyIdJson : JsonConverter<StudyId>
{
    public override StudyId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StudyId.IsValid(reader.GetString())
            ? new StudyId(reader.GetString()!)
            : throw new JsonException("A study id was expected.");

    public override void Write(Utf8JsonWriter writer, StudyId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
