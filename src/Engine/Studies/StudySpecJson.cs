using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Studies;

/// <summary>A study's description as JSON: the study file, and the same in the first event of a log.</summary>
public static class StudySpecJson
{
    /// <summary>Reads a description.</summary>
    /// <param name="file">The JSON object.</param>
    public static StudySpecReading Read(JsonElement file) => throw new InvalidOperationException($"{file}");

    /// <summary>Writes a description, in the form that <see cref="Read"/> reads.</summary>
    /// <param name="spec">The description.</param>
    public static JsonObject Write(StudySpec spec) => throw new InvalidOperationException($"{spec}");
}
