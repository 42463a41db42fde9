using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Remote.Livy;

/// <summary>What a study's log keeps of a batch.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Timeout">How long it may run; null for no limit.</param>
internal sealed record LivyHandle(int Id, string Name, TimeSpan? Timeout)
{
    /// <summary>Writes the handle.</summary>
    /// <param name="server">The server that the batch is on.</param>
    public JsonObject Write(Uri server)
    {
        var handle = new JsonObject
        {
            ["server"] = server.Authority,
            ["batch_id"] = Id,
            ["name"] = Name,
        };
        if (Timeout is { } timeout)
        {
            handle["timeout"] = timeout.TotalSeconds;
        }

        return handle;
    }

    /// <summary>Reads a handle.</summary>
    /// <param name="handle">What <see cref="Write"/> wrote, and more.</param>
    /// <param name="server">The server that the study is on now.</param>
    /// <exception cref="FunctionTuneException">The batch is on another server.</exception>
    public static LivyHandle Read(JsonElement handle, Uri server)
    {
        string there = handle.TryGetProperty("server", out JsonElement address) ? address.ToString() : "nowhere";
        return string.Equals(there, server.Authority, StringComparison.OrdinalIgnoreCase)
            ? new LivyHandle(
                handle.GetProperty("batch_id").GetInt32(),
                handle.GetProperty("name").GetString()!,
                handle.TryGetProperty("timeout", out JsonElement timeout)
                    ? TimeSpan.FromSeconds(timeout.GetDouble())
                    : null
            )
            : throw new FunctionTuneException(
                $"The study's batches are on the Livy server {there}, not on {server.Authority}.",
                "Resume it with that server: look at LIVY_URL and the study file."
            );
    }
}
