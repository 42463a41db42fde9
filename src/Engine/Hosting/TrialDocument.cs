using System.Text.Encodings.Web;
using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>The trial file: what a trial's program is told.</summary>
public static class TrialDocument
{
    private static readonly JsonWriterOptions s_readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a trial file.</summary>
    /// <param name="start">The attempt.</param>
    /// <param name="result">Where the result goes: absolute, or relative to the trial file.</param>
    /// <param name="progress">Where intermediate values go: absolute, or relative to the trial file.</param>
    /// <param name="stop">Where the trial finds the mark to stop, if not in a file <c>stop</c> beside the trial file.</param>
    /// <returns>UTF-8; the same for the same input.</returns>
    public static byte[] Write(TrialStart start, string result, string progress, string? stop = null)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content, s_readable))
        {
            json.WriteStartObject();
            json.WriteString("study", start.Study.ToString());
            json.WriteNumber("trial", start.Trial);
            json.WriteNumber("attempt", start.Attempt);
            json.WriteString("token", start.Token);
            json.WritePropertyName("params");
            JsonSerializer.Serialize(json, start.Params);
            json.WriteStartObject("data");
            foreach ((string name, DataReference reference) in start.Data)
            {
                Write(json, name, reference);
            }

            json.WriteEndObject();
            json.WriteString("result", result);
            json.WriteString("progress", progress);
            if (stop is not null)
            {
                json.WriteString("stop", stop);
            }

            json.WriteEndObject();
        }

        return content.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, DataReference reference)
    {
        json.WriteStartObject(name);
        json.WriteString("uri", reference.Uri);
        if (reference.Sha256 is { } sha256)
        {
            json.WriteString("sha256", sha256);
        }

        if (reference.Bytes is { } bytes)
        {
            json.WriteNumber("bytes", bytes);
        }

        if (reference.Manifest is { } manifest)
        {
            json.WriteString("kind", "folder");
            json.WriteString("manifest", manifest);
        }

        if (reference.Files is { } files)
        {
            json.WriteStartObject("files");
            foreach ((string file, string place) in files)
            {
                json.WriteString(file, place);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
