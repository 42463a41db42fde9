using System.Net;
using System.Text.Json;

namespace FunctionTune.Remote.Http;

/// <summary>What a service answered.</summary>
/// <param name="Status">The HTTP status: one of success, or that of a range beyond the end.</param>
/// <param name="Body">The body.</param>
internal sealed record Reply(HttpStatusCode Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The body of an answer that is JSON.</summary>
    public JsonElement Json { get; init; }
}
