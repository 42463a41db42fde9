using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Livy;

/// <summary>The calls of Livy's batches API. Thread-safe.</summary>
/// <param name="connection">The server.</param>
internal sealed class LivyClient(ServiceConnection connection)
{
    /// <summary>How many lines of a log are asked for.</summary>
    private const int LogLines = 200;

    /// <summary>The server.</summary>
    public Uri Server => connection.Host;

    /// <summary>Begins a batch. Sent again after its answer was lost, it is refused for its name.</summary>
    public async Task<LivyBatch> CreateAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Post, "batches", CallKind.Submit)
        {
            Content = () =>
                new ReadOnlyMemoryContent(body)
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
                },
        };
        return LivyBatch.Read((await connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Json);
    }

    /// <summary>A batch; null when the server knows none of that number.</summary>
    public async Task<LivyBatch?> FindAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            return LivyBatch.Read(await GetAsync(PathOf(id), CallKind.Get, cancellationToken).ConfigureAwait(false));
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.NotFound)
        {
            return null;
        }
    }

    /// <summary>A part of the list of all batches, oldest first.</summary>
    public async Task<LivyPage> ListAsync(int from, int size, CancellationToken cancellationToken)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"batches?from={from}&size={size}");
        JsonElement list = await GetAsync(path, CallKind.List, cancellationToken).ConfigureAwait(false);
        return
            list.ValueKind == JsonValueKind.Object
            && list.TryGetProperty("sessions", out JsonElement batches)
            && batches.ValueKind == JsonValueKind.Array
            && list.TryGetProperty("total", out JsonElement total)
            && total.TryGetInt32(out int count)
            ? new LivyPage(count, [.. batches.EnumerateArray().Select(LivyBatch.Read)])
            : throw new ServiceException(
                Refusal.Unavailable,
                $"{Server} does not answer as Livy does: it has no list of batches.",
                "Look whether the url in the study file is that of a Livy server."
            );
    }

    /// <summary>The end of a batch's log; empty when the batch is gone.</summary>
    public async Task<ImmutableArray<string>> ReadLogAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"{PathOf(id)}/log?from=-1&size={LogLines}");
            JsonElement answer = await GetAsync(path, CallKind.Get, cancellationToken).ConfigureAwait(false);
            return answer.TryGetProperty("log", out JsonElement log) && log.ValueKind == JsonValueKind.Array
                ? [.. log.EnumerateArray().Select(line => line.ToString())]
                : [];
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.NotFound)
        {
            return [];
        }
    }

    /// <summary>Ends a batch; the server forgets it then. One that is gone is no error.</summary>
    public async Task DeleteAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            await connection
                .SendAsync(new Call(HttpMethod.Delete, PathOf(id)) { AnswersJson = false }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.NotFound)
        {
            // It ended and was forgotten meanwhile.
        }
    }

    private async Task<JsonElement> GetAsync(string path, CallKind kind, CancellationToken cancellationToken) =>
        (
            await connection.SendAsync(new Call(HttpMethod.Get, path, kind), cancellationToken).ConfigureAwait(false)
        ).Json;

    private static string PathOf(int id) => string.Create(CultureInfo.InvariantCulture, $"batches/{id}");
}
