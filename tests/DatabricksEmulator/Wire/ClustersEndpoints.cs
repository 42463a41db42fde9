using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.DatabricksEmulator.Runs;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>The Clusters API 2.1: get, start, list-node-types, events.</summary>
internal sealed class ClustersEndpoints(ClusterBook clusters)
{
    private const int DefaultPage = 100;
    private const int MaxPage = 500;

    private static readonly Shape Start = Shape.Object(("cluster_id*", Shape.Text));

    private static readonly Shape Events = Shape.Object(
        ("cluster_id*", Shape.Text),
        ("order", Shape.OneOf("ASC", "DESC")),
        ("start_time", Shape.Whole),
        ("end_time", Shape.Whole),
        ("event_types", Shape.List(Shape.Text)),
        ("page_size", Shape.Whole),
        ("page_token", Shape.Text),
        ("limit", Shape.Whole),
        ("offset", Shape.Whole)
    );

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/api/2.1/clusters/get",
            Answer.With(context => Show(Find(new Query(context.Request.Query).Required("cluster_id"))))
        );
        routes.MapGet("/api/2.1/clusters/list-node-types", Answer.With(_ => NodeTypes()));
        routes.MapPost("/api/2.1/clusters/start", Answer.With(StartAsync));
        routes.MapPost("/api/2.1/clusters/events", Answer.With(EventsAsync));
    }

    private Cluster Find(string id) => clusters.Find(id) ?? throw ApiException.NoCluster(id);

    private async Task<JsonNode> StartAsync(HttpContext context)
    {
        JsonElement body = await Body.ReadAsync(context, Start);
        Cluster cluster = Find(body.GetProperty("cluster_id").GetString()!);
        if (cluster.State is not ClusterState.Terminated)
        {
            string state = cluster.State.ToString();
            throw new ApiException(400, "INVALID_STATE", $"Cluster {cluster.Id} is in unexpected state {state}.");
        }

        cluster.Start();
        return new JsonObject();
    }

    private async Task<JsonNode> EventsAsync(HttpContext context)
    {
        JsonElement body = await Body.ReadAsync(context, Events);
        Cluster cluster = Find(body.GetProperty("cluster_id").GetString()!);
        int size = (int)Math.Min(Whole(body, "page_size") ?? Whole(body, "limit") ?? DefaultPage, MaxPage);
        int from = body.TryGetProperty("page_token", out JsonElement token)
            ? int.Parse(token.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : (int)(Whole(body, "offset") ?? 0);
        HashSet<string>? types = body.TryGetProperty("event_types", out JsonElement list)
            ? [.. list.EnumerateArray().Select(type => type.GetString()!)]
            : null;
        ClusterEvent[] events = [.. cluster.Events.Where(e => types is null || types.Contains(e.Type))];
        if (!body.TryGetProperty("order", out JsonElement order) || order.ValueEquals("DESC"))
        {
            Array.Reverse(events);
        }

        var answer = new JsonObject
        {
            ["events"] = new JsonArray([.. events.Skip(from).Take(size).Select(e => Show(cluster, e))]),
            ["total_count"] = events.Length,
        };
        if (from + size < events.Length)
        {
            answer["next_page_token"] = FormattableString.Invariant($"{from + size}");
        }

        return answer;
    }

    private static JsonObject NodeTypes() =>
        new()
        {
            ["node_types"] = new JsonArray([
                .. NodeType.All.Select(type => new JsonObject
                {
                    ["node_type_id"] = type.Id,
                    ["memory_mb"] = type.MemoryMb,
                    ["num_cores"] = (double)type.Cores,
                    ["num_gpus"] = type.Gpus,
                    ["description"] = type.Id,
                    ["instance_type_id"] = type.Id,
                    ["is_deprecated"] = false,
                    ["is_hidden"] = false,
                    ["category"] = type.Gpus > 0 ? "GPU Accelerated" : "General Purpose",
                }),
            ]),
        };

    private static JsonObject Show(Cluster cluster)
    {
        var json = new JsonObject
        {
            ["cluster_id"] = cluster.Id,
            ["cluster_name"] = "emulator",
            ["creator_user_name"] = RunJson.User,
            ["spark_version"] = "16.4.x-scala2.12",
            ["node_type_id"] = cluster.NodeTypeId,
            ["driver_node_type_id"] = cluster.NodeTypeId,
            ["state"] = cluster.State.ToString().ToUpperInvariant(),
            ["state_message"] = "",
            ["num_workers"] = cluster.NumWorkers,
            ["is_single_node"] = cluster.IsSingleNode,
            ["spark_conf"] = new JsonObject(
                cluster.SparkConf.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))
            ),
        };
        if (cluster.Autoscale is { } scale)
        {
            json["autoscale"] = new JsonObject { ["min_workers"] = scale.Min, ["max_workers"] = scale.Max };
        }

        if (cluster.State is ClusterState.Running)
        {
            json["cluster_cores"] = (double)cluster.Cores;
            json["executors"] = new JsonArray([
                .. Enumerable
                    .Range(0, cluster.Executors)
                    .Select(i => new JsonObject { ["node_id"] = FormattableString.Invariant($"{cluster.Id}-{i}") }),
            ]);
        }

        return json;
    }

    private static JsonObject Show(Cluster cluster, ClusterEvent happened) =>
        new()
        {
            ["cluster_id"] = cluster.Id,
            ["timestamp"] = happened.At.ToUnixTimeMilliseconds(),
            ["type"] = happened.Type,
            ["details"] = new JsonObject
            {
                ["current_num_workers"] = happened.Workers,
                ["target_num_workers"] = happened.Target,
            },
        };

    private static long? Whole(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : null;
}
