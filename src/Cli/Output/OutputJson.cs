using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Cli.Output;

/// <summary>How JSON is printed for programs and readable for people.</summary>
internal static class OutputJson
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints a document, with a line break after it.</summary>
    public static void Write(TextWriter output, JsonNode document) => output.WriteLine(document.ToJsonString(Indented));
}
