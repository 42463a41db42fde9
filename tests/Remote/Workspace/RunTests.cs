using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.DatabricksEmulator.Tasks;
using static FunctionTune.Remote.Tests.Workspace.WorkspaceClient;

namespace FunctionTune.Remote.Tests.Workspace;

public sealed class RunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_ends_well_is_shown_by_get_and_its_task_by_get_output()
    {
        await using DatabricksWorkspace workspace = await StartAsync((_, _) => Done(TaskResult.Success("hello")));
        using var client = new WorkspaceClient(workspace);

        JsonElement run = await client.EndedAsync(Submission());

        Assert.Equal(("TERMINATED", "SUCCESS"), StateOf(run));
        Assert.Equal("TERMINATED", run.GetProperty("status").GetProperty("state").GetString());
        Assert.True(run.GetProperty("end_time").GetInt64() >= run.GetProperty("start_time").GetInt64());
        JsonElement output = await client.OutputAsync(run);
        Assert.Equal("hello", output.GetProperty("logs").GetString());
        (int status, JsonElement error) = await client.GetAsync(
            Path("get-output", run.GetProperty("run_id").GetInt64())
        );
        Assert.Equal((400, "INVALID_PARAMETER_VALUE"), (status, error.GetProperty("error_code").GetString()));
    }

    [Fact]
    public async Task An_exception_of_the_users_program_ends_the_run_as_internal_error_and_the_task_as_failed()
    {
        await using DatabricksWorkspace workspace = await StartAsync((_, _) => throw new FormatException("bad"));
        using var client = new WorkspaceClient(workspace);

        JsonElement run = await client.EndedAsync(Submission());

        Assert.Equal(("INTERNAL_ERROR", "FAILED"), StateOf(run));
        Assert.Equal(("TERMINATED", "FAILED"), StateOf(run.GetProperty("tasks")[0]));
        Assert.Equal(("RUN_EXECUTION_ERROR", "CLIENT_ERROR"), CodeOf(run));
        Assert.Equal(
            "Task trial failed with message: Workload failed, see run output for details.",
            run.GetProperty("state").GetProperty("state_message").GetString()
        );
        Assert.Equal("FormatException: bad", (await client.OutputAsync(run)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_token_finds_its_run_again_and_launches_one_only()
    {
        await using DatabricksWorkspace workspace = await StartAsync((_, _) => Done(TaskResult.Success()));
        using var client = new WorkspaceClient(workspace);
        JsonObject body = Submission((run, _) => run["idempotency_token"] = "t1");

        long[] ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.SubmittedAsync(body)));

        Assert.Single(ids.Distinct());
        Assert.Equal(1, workspace.Runs.Launched);
        Assert.Equal(1, workspace.Runs.LaunchesByToken["t1"]);
        Assert.Equal(20, workspace.Requests.Count("runs/submit", 200));
    }

    [Fact]
    public async Task Cancelling_answers_before_the_run_has_ended()
    {
        var clearing = new TaskCompletionSource();
        await using DatabricksWorkspace workspace = await StartAsync(
            async (_, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop)
                    .ContinueWith(_ => clearing.Task, TaskScheduler.Default)
                    .Unwrap();
                return TaskResult.Success();
            }
        );
        using var client = new WorkspaceClient(workspace);
        long id = await client.SubmittedAsync(Submission());
        await workspace.Runs.UntilAsync(runs => runs.Running == 1, Token);

        (int status, JsonElement answer) = await client.PostAsync(
            "/api/2.2/jobs/runs/cancel",
            new JsonObject { ["run_id"] = id }
        );
        JsonElement during = await client.RunAsync(id);
        clearing.SetResult();
        await workspace.Runs.UntilAsync(runs => runs.Alive == 0, Token);

        Assert.Equal((200, "{}"), (status, answer.ToString()));
        Assert.Equal("RUNNING", during.GetProperty("state").GetProperty("life_cycle_state").GetString());
        JsonElement run = await client.RunAsync(id);
        Assert.Equal(("TERMINATED", "CANCELED"), StateOf(run));
        Assert.Equal("USER_CANCELED", CodeOf(run).Code);
        Assert.True(run.GetProperty("state").GetProperty("user_cancelled_or_timedout").GetBoolean());
    }

    [Fact]
    public async Task A_task_that_takes_longer_than_its_timeout_is_timed_out()
    {
        await using DatabricksWorkspace workspace = await StartAsync(
            async (_, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return TaskResult.Success();
            }
        );
        using var client = new WorkspaceClient(workspace);

        JsonElement run = await client.EndedAsync(Submission((_, task) => task["timeout_seconds"] = 1));

        Assert.Equal(("TERMINATED", "TIMEDOUT"), StateOf(run));
        Assert.Equal("CANCELED", CodeOf(run).Code);
    }

    [Fact]
    public async Task Runs_beyond_the_slots_of_their_cluster_wait()
    {
        var end = new TaskCompletionSource<TaskResult>();
        await using DatabricksWorkspace workspace = await StartAsync((_, _) => end.Task, slots: 3);
        using var client = new WorkspaceClient(workspace);
        for (int i = 0; i < 7; i++)
        {
            await client.SubmittedAsync(Submission((run, _) => run["queue"] = new JsonObject { ["enabled"] = true }));
        }

        await workspace.Runs.UntilAsync(runs => runs.Running == 3, Token);
        (_, JsonElement list) = await client.GetAsync("/api/2.2/jobs/runs/list?active_only=true");
        end.SetResult(TaskResult.Success());
        await workspace.Runs.UntilAsync(runs => runs.Alive == 0, Token);

        IEnumerable<string?> states = list.GetProperty("runs")
            .EnumerateArray()
            .Select(run => run.GetProperty("status").GetProperty("state").GetString());
        Assert.Equal(4, states.Count(state => state == "QUEUED"));
        Assert.Equal(3, workspace.Runs.MostRunning);
    }

    [Fact]
    public async Task A_cluster_that_is_terminated_ends_its_runs_and_starts_again_for_the_next()
    {
        await using DatabricksWorkspace workspace = await StartAsync(
            async (task, stop) =>
            {
                await Task.Delay(task.RunName == "long" ? Timeout.Infinite : 0, stop);
                return TaskResult.Success();
            }
        );
        using var client = new WorkspaceClient(workspace);
        Cluster cluster = workspace.Clusters[ClusterOptions.DefaultId];
        long id = await client.SubmittedAsync(Submission((run, _) => run["run_name"] = "long"));
        await workspace.Runs.UntilAsync(runs => runs.Running == 1, Token);

        cluster.Terminate();
        await workspace.Runs.UntilAsync(runs => runs.Alive == 0, Token);

        JsonElement lost = await client.RunAsync(id);
        Assert.Equal(("INTERNAL_ERROR", "FAILED"), StateOf(lost.GetProperty("tasks")[0]));
        Assert.Equal("CLUSTER_TERMINATED_BY_USER", CodeOf(lost).Code);
        Assert.Equal(ClusterState.Terminated, cluster.State);
        JsonElement next = await client.EndedAsync(Submission());
        Assert.Equal(("TERMINATED", "SUCCESS"), StateOf(next));
    }

    private static Task<DatabricksWorkspace> StartAsync(
        Func<SubmittedTask, CancellationToken, Task<TaskResult>> run,
        int slots = 8
    ) => DatabricksWorkspace.StartAsync(new() { RunTask = run, Clusters = [ClusterOptions.WithSlots(slots)] }, Token);

    private static Task<TaskResult> Done(TaskResult result) => Task.FromResult(result);
}
