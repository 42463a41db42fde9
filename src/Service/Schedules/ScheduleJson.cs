using System.Text.Json;
using System.Text.Unicode;
using FunctionTune.Service.Json;
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
        string? broken =
            !Utf8.IsValid(json) ? "Other bytes are in it."
            : UnpairedSurrogate.In(json) >= 0 ? "An escaped character above U+FFFF is written without its other half."
            : null;
        try
        {
            if (broken is null)
            {
                return JsonElement.Parse(json, s_strict);
            }
        }
        catch (JsonException fault)
        {
            broken = fault.Message;
        }

        problems.Add(new Problem(text.Place, "the file is JSON, UTF-8", Hint: broken));
        return null;
    }
}
