using System.Text.Json;

namespace FunctionTune.Remote.Livy;

/// <summary>A batch as Livy tells of it.</summary>
/// <param name="Id">Its number; a server that forgot everything begins anew.</param>
/// <param name="Name">Its name; empty when it has none.</param>
/// <param name="State">Its state, in Livy's words.</param>
internal sealed record LivyBatch(int Id, string Name, string State)
{
    /// <summary>Whether it has ended. States that nobody knows yet are taken for ones of a batch that goes on.</summary>
    public bool HasEnded => State is "success" or "dead" or "killed" or "error";

    /// <summary>Reads a batch.</summary>
    public static LivyBatch Read(JsonElement json) => new(Number(json), Text(json, "name"), Text(json, "state"));

    private static int Number(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("id", out JsonElement id)
        && id.ValueKind == JsonValueKind.Number
        && id.TryGetInt32(out int number)
            ? number
            : -1;

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "";
}
