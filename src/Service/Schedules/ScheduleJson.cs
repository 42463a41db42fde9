using System.Text.Json;
using FunctionTune.Service.Schedules.Sources;

namespace FunctionTune.Service.Schedules;

/// <summary>The JSON of schedules and study files, before its meaning.</summary>
internal static class ScheduleJson
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>Parses a text; null when it is no JSON, which is added to the problems.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static JsonElement? Parse(ScheduleText text, List<Problem> problems)
    {
        ReadOnlySpan<byte> json = text.Content.Span;
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            return JsonElement.Parse(json, s_strict);
        }
        catch (JsonException fault)
        {
            problems.Add(new Problem(text.Place, "the file is JSON, UTF-8", Hint: fault.Message));
            return null;
        }
    }
}
