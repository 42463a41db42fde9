using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Remote.Databricks.Answers;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks;

/// <summary>The calls of the Jobs API 2.2 and the Clusters API 2.1 that trials need. Thread-safe.</summary>
/// <param name="connection">The workspace.</param>
internal sealed class DatabricksClient(DatabricksConnection connection)
{
    /// <summary>The longest page of a list of runs.</summary>
    public const int PageSize = 24;

    private const string Runs = "/api/2.2/jobs/runs";

    /// <summary>The workspace.</summary>
    public Uri Host => connection.Host;

    /// <summary>Submits a run; one whose idempotency token is known already gives the run of that token.</summary>
    /// <returns>The run's id.</returns>
    public async Task<long> SubmitAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        JsonElement answer = await PostAsync($"{Runs}/submit", body, CallKind.Submit, cancellationToken)
            .ConfigureAwait(false);
        return answer.Whole("run_id")
            ?? throw new ServiceException(Refusal.Unavailable, "The workspace accepted a run but named no run_id.");
    }

    /// <summary>Looks at a run.</summary>
    public async Task<RunState> GetRunAsync(long run, CancellationToken cancellationToken) =>
        RunState.Read(await GetAsync(Path($"{Runs}/get", run), CallKind.Get, cancellationToken).ConfigureAwait(false));

    /// <summary>Submitted runs that have not ended, newest first.</summary>
    /// <param name="since">Only those that started then or later; null for all.</param>
    /// <param name="page">The page; null for the first.</param>
    /// <param name="withTasks">Whether the tasks are listed too.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<RunPage> ListActiveAsync(
        DateTimeOffset? since,
        string? page,
        bool withTasks,
        CancellationToken cancellationToken
    )
    {
        string from = since is { } start ? Invariant($"&start_time_from={start.ToUnixTimeMilliseconds()}") : "";
        string next = page is null ? "" : $"&page_token={Uri.EscapeDataString(page)}";
        string tasks = withTasks ? "&expand_tasks=true" : "";
        string path = Invariant(
            $"{Runs}/list?run_type=SUBMIT_RUN&active_only=true&limit={PageSize}{tasks}{from}{next}"
        );
        return RunPage.Read(await GetAsync(path, CallKind.List, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What a task left.</summary>
    /// <param name="taskRun">The id of the task's own run, not of the run that it belongs to.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<RunOutput> GetOutputAsync(long taskRun, CancellationToken cancellationToken)
    {
        string path = Path($"{Runs}/get-output", taskRun);
        return RunOutput.Read(await GetAsync(path, CallKind.Get, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Asks a run to end. It ends later; to ask again, or after the end, changes nothing.</summary>
    public async Task CancelAsync(long run, CancellationToken cancellationToken) =>
        await PostAsync(
                $"{Runs}/cancel",
                JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["run_id"] = run }),
                CallKind.Other,
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <summary>Looks at a cluster.</summary>
    public async Task<ClusterState> GetClusterAsync(string id, CancellationToken cancellationToken)
    {
        string path = $"/api/2.1/clusters/get?cluster_id={Uri.EscapeDataString(id)}";
        return ClusterState.Read(await GetAsync(path, CallKind.Other, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The kinds of machines by name.</summary>
    public async Task<ImmutableDictionary<string, NodeType>> ListNodeTypesAsync(CancellationToken cancellationToken)
    {
        JsonElement answer = await GetAsync("/api/2.1/clusters/list-node-types", CallKind.Other, cancellationToken)
            .ConfigureAwait(false);
        return answer
            .Items("node_types")
            .DistinctBy(type => type.Text("node_type_id"), StringComparer.Ordinal)
            .ToImmutableDictionary(
                type => type.Text("node_type_id"),
                type => new NodeType(type.Number("num_cores") ?? 1, type.Number("num_gpus") ?? 0),
                StringComparer.Ordinal
            );
    }

    /// <summary>What lies at a path of the workspace, such as <c>FILE</c> or <c>NOTEBOOK</c>.</summary>
    /// <param name="path">The path, <c>/Workspace/...</c> or <c>/Users/...</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<string> GetObjectTypeAsync(string path, CancellationToken cancellationToken)
    {
        string call = $"/api/2.0/workspace/get-status?path={Uri.EscapeDataString(path)}";
        return (await GetAsync(call, CallKind.Other, cancellationToken).ConfigureAwait(false)).Text("object_type");
    }

    private async Task<JsonElement> GetAsync(string path, CallKind kind, CancellationToken cancellationToken) =>
        (
            await connection.SendAsync(new Call(HttpMethod.Get, path, kind), cancellationToken).ConfigureAwait(false)
        ).Json;

    private async Task<JsonElement> PostAsync(
        string path,
        ReadOnlyMemory<byte> body,
        CallKind kind,
        CancellationToken cancellationToken
    )
    {
        var call = new Call(HttpMethod.Post, path, kind) { Content = () => Json(body) };
        return (await connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Json;
    }

    private static ReadOnlyMemoryContent Json(ReadOnlyMemory<byte> body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static string Path(string call, long run) => Invariant($"{call}?run_id={run}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
