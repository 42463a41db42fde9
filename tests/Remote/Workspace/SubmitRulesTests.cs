using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Tasks;
using static FunctionTune.Remote.Tests.Workspace.WorkspaceClient;

namespace FunctionTune.Remote.Tests.Workspace;

public sealed class SubmitRulesTests
{
    private static readonly Dictionary<string, (Action<JsonObject, JsonObject> Change, string Says)> s_mistakes = new()
    {
        ["unknown field"] = ((run, _) => run["job_clusters"] = new JsonArray(), "job_clusters"),
        ["unknown field of a task"] = ((_, task) => task["cluster"] = "x", "tasks[0].cluster"),
        ["wrong kind"] = ((run, _) => run["timeout_seconds"] = "60", "Expected integer for field 'timeout_seconds'"),
        ["no tasks"] = ((run, _) => run.Remove("tasks"), "tasks"),
        ["no key"] = ((_, task) => task.Remove("task_key"), "tasks[0].task_key"),
        ["long token"] = ((run, _) => run["idempotency_token"] = new string('a', 65), "64"),
        ["many tags"] = (
            (run, _) =>
                run["tags"] = new JsonObject(
                    Enumerable.Range(0, 26).Select(i => KeyValuePair.Create($"t{i}", (JsonNode?)JsonValue.Create("x")))
                ),
            "25"
        ),
        ["two computes"] = (
            (_, task) => task["new_cluster"] = NewCluster("Standard_D4ds_v5"),
            "existing_cluster_id and new_cluster"
        ),
        ["no compute"] = ((_, task) => task.Remove("existing_cluster_id"), "got none"),
        ["no such environment"] = (
            (_, task) =>
            {
                task.Remove("existing_cluster_id");
                task["environment_key"] = "e";
            },
            "environment e"
        ),
        ["no such cluster"] = ((_, task) => task["existing_cluster_id"] = "x", "Cluster x does not exist"),
        ["no such machine"] = (
            (_, task) =>
            {
                task.Remove("existing_cluster_id");
                task["new_cluster"] = NewCluster("Standard_Z9");
            },
            "Standard_Z9"
        ),
        ["two kinds of work"] = ((_, task) => task["spark_submit_task"] = new JsonObject(), "spark_submit_task"),
        ["large parameters"] = (
            (_, task) => task["spark_python_task"]!["parameters"] = new JsonArray(new string('a', 10_000)),
            "10000"
        ),
        ["negative timeout"] = ((_, task) => task["timeout_seconds"] = -1, "timeout_seconds"),
        ["unknown permission"] = (
            (run, _) =>
                run["access_control_list"] = new JsonArray(
                    new JsonObject { ["user_name"] = "a", ["permission_level"] = "CAN_SEE" }
                ),
            "permission_level"
        ),
    };

    public static TheoryData<string> Mistakes => [.. s_mistakes.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_in_a_submission_is_refused_by_its_name(string mistake)
    {
        (Action<JsonObject, JsonObject> change, string says) = s_mistakes[mistake];
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);

        (int status, JsonElement answer) = await client.SubmitAsync(Submission(change));

        Assert.Equal(400, status);
        Assert.Matches("^(INVALID_PARAMETER_VALUE|MALFORMED_REQUEST)$", answer.GetProperty("error_code").GetString());
        Assert.Contains(says, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, workspace.Runs.Launched);
    }

    [Fact]
    public async Task Everything_that_a_study_may_send_is_accepted()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);
        const string Run = """
            {
              "run_name": "functiontune/s-7f3a/t-000012", "idempotency_token": "9f86", "timeout_seconds": 3600,
              "queue": { "enabled": true }, "tags": { "functiontune-study": "s-7f3a" },
              "access_control_list": [ { "group_name": "ml-team", "permission_level": "CAN_VIEW" } ],
              "tasks": [ {
                "task_key": "trial", "timeout_seconds": 3600, "max_retries": 0,
                "new_cluster": {
                  "spark_version": "16.4.x-scala2.12", "node_type_id": "Standard_D4ds_v5", "num_workers": 1,
                  "data_security_mode": "SINGLE_USER", "spark_conf": { "spark.task.cpus": "4" },
                  "spark_env_vars": { "FT_STUDY": "s-7f3a" },
                  "azure_attributes": {
                    "availability": "SPOT_WITH_FALLBACK_AZURE", "first_on_demand": 1, "spot_bid_max_price": -1 },
                  "init_scripts": [ { "volumes": { "destination": "/Volumes/main/ft/code/init.sh" } } ],
                  "cluster_log_conf": { "volumes": { "destination": "/Volumes/main/ft/logs" } } },
                "libraries": [ { "whl": "/Volumes/main/ft/code/trial-1.0-py3-none-any.whl" } ],
                "spark_python_task": { "python_file": "/Workspace/Shared/ft/run_trial.py", "parameters": [ "--spec", "x" ] } } ]
            }
            """;

        await client.SubmittedAsync(JsonNode.Parse(Run)!.AsObject());

        Assert.Equal("9f86", workspace.Requests.Submissions[0].GetProperty("idempotency_token").GetString());
    }

    [Theory]
    [InlineData("{\"run_name\": ", 0, 400, "MALFORMED_REQUEST")]
    [InlineData("[]", 0, 400, "MALFORMED_REQUEST")]
    [InlineData("", 11_000_000, 413, "MAX_REQUEST_SIZE_EXCEEDED")]
    public async Task A_body_that_is_no_request_is_refused(string text, int spaces, int status, string code)
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);
        using var body = new StringContent(text + new string(' ', spaces));

        using HttpResponseMessage response = await client.SendAsync(HttpMethod.Post, "/api/2.2/jobs/runs/submit", body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_the_token_or_with_an_old_one_is_refused()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);
        workspace.Token = "another";

        (int expired, JsonElement invalid) = await client.GetAsync("/api/2.2/jobs/runs/list");
        client.Headers.Authorization = null;
        (int missing, JsonElement none) = await client.GetAsync("/api/2.2/jobs/runs/list");

        Assert.Equal((403, 401), (expired, missing));
        Assert.Equal("Invalid access token.", invalid.GetProperty("message").GetString());
        Assert.Equal(401, none.GetProperty("error_code").GetInt32());
    }

    [Fact]
    public async Task Runs_and_clusters_that_are_not_there_are_invalid_values()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);

        (int run, JsonElement noRun) = await client.GetAsync(Path("get", 5));
        (int cluster, JsonElement noCluster) = await client.GetAsync("/api/2.1/clusters/get?cluster_id=x");

        Assert.Equal((400, 400), (run, cluster));
        Assert.Equal("Run 5 does not exist.", noRun.GetProperty("message").GetString());
        Assert.Equal("Cluster x does not exist", noCluster.GetProperty("message").GetString());
    }

    private static JsonObject NewCluster(string nodeType) =>
        new()
        {
            ["spark_version"] = "16.4.x-scala2.12",
            ["node_type_id"] = nodeType,
            ["num_workers"] = 1,
        };

    private static Task<DatabricksWorkspace> StartAsync() =>
        DatabricksWorkspace.StartAsync(new() { RunTask = (_, _) => Task.FromResult(TaskResult.Success()) }, Token);
}
