using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.DatabricksEmulator.Tasks;
using static FunctionTune.Remote.Tests.Workspace.WorkspaceClient;

namespace FunctionTune.Remote.Tests.Workspace;

public sealed class ClusterTests
{
    private const string Get = "/api/2.1/clusters/get?cluster_id=" + ClusterOptions.DefaultId;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, "Standard_DS1_v2", 1)]
    [InlineData(6, "Standard_D2ds_v5", 3)]
    [InlineData(8, "Standard_D8ds_v5", 1)]
    [InlineData(12, "Standard_D4ds_v5", 3)]
    public void The_default_cluster_has_as_many_cores_as_slots(int slots, string nodeType, int workers)
    {
        ClusterOptions options = ClusterOptions.WithSlots(slots);

        Assert.Equal((nodeType, workers), (options.NodeTypeId, options.NumWorkers));
    }

    [Fact]
    public async Task A_cluster_that_grows_lets_more_tasks_run_and_one_that_loses_nodes_says_so()
    {
        await using DatabricksWorkspace workspace = await StartAsync(
            new() { NodeTypeId = "Standard_D4ds_v5", NumWorkers = 1 }
        );
        using var client = new WorkspaceClient(workspace);
        Cluster cluster = workspace.Clusters[ClusterOptions.DefaultId];
        for (int i = 0; i < 20; i++)
        {
            await client.SubmittedAsync(Submission());
        }

        await workspace.Runs.UntilAsync(runs => runs.Running == 4, Token);
        cluster.Resize(3);
        await workspace.Runs.UntilAsync(runs => runs.Running == 12, Token);
        cluster.LoseNodes(1);

        (_, JsonElement shown) = await client.GetAsync(Get);
        Assert.Equal(3, shown.GetProperty("num_workers").GetInt32());
        Assert.Equal(2, shown.GetProperty("executors").GetArrayLength());
        Assert.Equal(8, shown.GetProperty("cluster_cores").GetDouble());
        (_, JsonElement events) = await client.PostAsync(
            "/api/2.1/clusters/events",
            new JsonObject
            {
                ["cluster_id"] = cluster.Id,
                ["event_types"] = new JsonArray("UPSIZE_COMPLETED", "NODES_LOST"),
                ["page_size"] = 500,
            }
        );
        string[] types =
        [
            .. events.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString()!),
        ];
        Assert.Equal(["NODES_LOST", "UPSIZE_COMPLETED"], types);
        Assert.Equal(12, workspace.Runs.MostRunning);
    }

    [Fact]
    public async Task A_cluster_that_stands_still_has_no_nodes_and_is_started_once()
    {
        await using DatabricksWorkspace workspace = await StartAsync(new() { IsTerminated = true });
        using var client = new WorkspaceClient(workspace);
        JsonObject start = new() { ["cluster_id"] = ClusterOptions.DefaultId };

        (_, JsonElement before) = await client.GetAsync(Get);
        (int first, _) = await client.PostAsync("/api/2.1/clusters/start", start);
        (int second, JsonElement refusal) = await client.PostAsync("/api/2.1/clusters/start", start);
        (_, JsonElement after) = await client.GetAsync(Get);

        Assert.Equal("TERMINATED", before.GetProperty("state").GetString());
        Assert.False(before.TryGetProperty("executors", out _));
        Assert.Equal((200, 400), (first, second));
        Assert.Equal("INVALID_STATE", refusal.GetProperty("error_code").GetString());
        Assert.Equal("RUNNING", after.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_run_beyond_the_quota_of_new_clusters_fails_and_others_run()
    {
        await using DatabricksWorkspace workspace = await StartAsync(new(), quota: 2);
        using var client = new WorkspaceClient(workspace);
        JsonObject body = Submission(
            (_, task) =>
            {
                task.Remove("existing_cluster_id");
                task["new_cluster"] = new JsonObject
                {
                    ["spark_version"] = "16.4.x-scala2.12",
                    ["node_type_id"] = "Standard_D4ds_v5",
                    ["num_workers"] = 1,
                };
            }
        );
        await client.SubmittedAsync(body);
        await client.SubmittedAsync(body);
        await workspace.Runs.UntilAsync(runs => runs.Running == 2, Token);

        JsonElement third = await client.EndedAsync(body);

        Assert.Equal("CLUSTER_REQUEST_LIMIT_EXCEEDED", CodeOf(third).Code);
        Assert.Equal(2, workspace.Runs.Running);
    }

    [Fact]
    public async Task A_task_waits_for_the_task_it_depends_on_and_is_left_out_when_that_fails()
    {
        await using DatabricksWorkspace workspace = await DatabricksWorkspace.StartAsync(
            new() { RunTask = (task, _) => Task.FromResult(TaskResult.UserError("bad " + task.Key)) },
            Token
        );
        using var client = new WorkspaceClient(workspace);

        JsonElement run = await client.EndedAsync(
            Submission(
                (body, task) =>
                {
                    JsonNode second = task.DeepClone();
                    second["task_key"] = "second";
                    second["depends_on"] = new JsonArray(new JsonObject { ["task_key"] = "trial" });
                    body["tasks"]!.AsArray().Add(second);
                }
            )
        );

        Assert.Equal("UPSTREAM_FAILED", StateOf(run.GetProperty("tasks")[1]).Result);
        Assert.Equal(("INTERNAL_ERROR", "FAILED"), StateOf(run));
    }

    private static Task<DatabricksWorkspace> StartAsync(ClusterOptions cluster, int? quota = null) =>
        DatabricksWorkspace.StartAsync(
            new()
            {
                Clusters = [cluster],
                NewClusterQuota = quota,
                RunTask = async (_, stop) =>
                {
                    await Task.Delay(Timeout.Infinite, stop);
                    return TaskResult.Success();
                },
            },
            Token
        );
}
