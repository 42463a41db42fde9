using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Remote.Jobs;

/// <summary>What a study's log keeps of a run: what its service knows the job by, and whose results count.</summary>
/// <param name="Job">The whole handle; the service finds its own fields in it.</param>
/// <param name="Token">The attempt's token.</param>
/// <param name="Batch">The batch's token; null when the job carries out this trial alone.</param>
internal sealed record JobHandle(JsonElement Job, string Token, string? Batch)
{
    /// <summary>Names the job among all: trials of one batch share it.</summary>
    public string Name => Batch ?? Token;

    /// <summary>Writes a handle.</summary>
    /// <param name="job">The service's fields.</param>
    /// <param name="token">The attempt's token.</param>
    /// <param name="batch">The batch's token, or null.</param>
    public static JsonElement Write(JsonObject job, string token, string? batch)
    {
        JsonObject handle = job.DeepClone().AsObject();
        handle["token"] = token;
        if (batch is not null)
        {
            handle["batch"] = batch;
        }

        return JsonSerializer.SerializeToElement(handle);
    }

    /// <summary>Reads a handle.</summary>
    /// <exception cref="FunctionTuneException">It is none of this runner's.</exception>
    public static JobHandle Read(JsonElement handle) =>
        handle.ValueKind == JsonValueKind.Object
        && handle.TryGetProperty("token", out JsonElement token)
        && token.ValueKind == JsonValueKind.String
            ? new JobHandle(
                handle,
                token.GetString()!,
                handle.TryGetProperty("batch", out JsonElement batch) ? batch.GetString() : null
            )
            : throw new FunctionTuneException(
                $"The study's log names a run in a way that nobody knows: {handle.GetRawText()}.",
                "Go on with the study by the version of FunctionTune that began it."
            );
}
