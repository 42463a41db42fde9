using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Tasks;
using static FunctionTune.Remote.Tests.Workspace.WorkspaceClient;

namespace FunctionTune.Remote.Tests.Workspace;

public sealed class RunListTests
{
    private const string List = "/api/2.2/jobs/runs/list?run_type=SUBMIT_RUN";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_runs_are_on_some_page_and_none_on_two()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);
        var submitted = new List<long>();
        for (int i = 0; i < 57; i++)
        {
            submitted.Add(await client.SubmittedAsync(Submission()));
        }

        await workspace.Runs.UntilAsync(runs => runs.Alive == 0, Token);
        var ids = new List<long>();
        var times = new List<long>();
        string? page = "";
        int pages = 0;
        while (page is not null)
        {
            (_, JsonElement answer) = await client.GetAsync($"{List}&limit=24&page_token={page}");
            ids.AddRange(answer.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("run_id").GetInt64()));
            times.AddRange(
                answer.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("end_time").GetInt64())
            );
            page = answer.TryGetProperty("next_page_token", out JsonElement next) ? next.GetString() : null;
            pages++;
        }

        Assert.Equal(3, pages);
        Assert.Equal(submitted, ids.Order());
        Assert.Equal(times.OrderDescending(), times);
    }

    [Theory]
    [InlineData("limit=25")]
    [InlineData("limit=-1")]
    [InlineData("limit=many")]
    [InlineData("active_only=true&completed_only=true")]
    [InlineData("page_token=x")]
    [InlineData("run_type=OTHER")]
    public async Task A_wrong_question_is_refused(string query)
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);

        (int status, _) = await client.GetAsync("/api/2.2/jobs/runs/list?" + query);

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task Active_and_completed_runs_and_runs_of_a_time_can_be_asked_for()
    {
        var end = new TaskCompletionSource<TaskResult>();
        await using DatabricksWorkspace workspace = await StartAsync(task =>
            task.RunName == "long" ? end.Task : Task.FromResult(TaskResult.Success())
        );
        using var client = new WorkspaceClient(workspace);
        JsonElement done = await client.EndedAsync(Submission());
        long active = await client.SubmittedAsync(Submission((run, _) => run["run_name"] = "long"));
        long start = done.GetProperty("start_time").GetInt64();

        Assert.Equal([active, IdOf(done)], await IdsAsync("expand_tasks=true&something_unknown=1"));
        Assert.Equal([active], await IdsAsync("active_only=true"));
        Assert.Equal([IdOf(done)], await IdsAsync("completed_only=true"));
        Assert.Equal([], await IdsAsync($"start_time_to={start - 1}"));
        Assert.Equal([active, IdOf(done)], await IdsAsync($"start_time_from={start}"));
        end.SetResult(TaskResult.Success());

        async Task<IEnumerable<long>> IdsAsync(string query)
        {
            (_, JsonElement answer) = await client.GetAsync($"{List}&{query}");
            return answer.TryGetProperty("runs", out JsonElement runs) ? [.. runs.EnumerateArray().Select(IdOf)] : [];
        }
    }

    [Fact]
    public async Task Tasks_beyond_a_hundred_are_on_the_next_page()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);
        long id = await client.SubmittedAsync(
            Submission(
                (run, task) =>
                    run["tasks"] = new JsonArray([
                        .. Enumerable
                            .Range(0, 130)
                            .Select(i =>
                            {
                                JsonNode copy = task.DeepClone();
                                copy["task_key"] = $"t{i}";
                                return copy;
                            }),
                    ])
            )
        );

        JsonElement first = await client.RunAsync(id);
        string token = first.GetProperty("next_page_token").GetString()!;
        (_, JsonElement second) = await client.GetAsync(Path("get", id) + "&page_token=" + token);

        Assert.Equal(100, first.GetProperty("tasks").GetArrayLength());
        Assert.Equal(30, second.GetProperty("tasks").GetArrayLength());
        Assert.False(second.TryGetProperty("next_page_token", out _));
    }

    private static long IdOf(JsonElement run) => run.GetProperty("run_id").GetInt64();

    private static Task<DatabricksWorkspace> StartAsync(Func<SubmittedTask, Task<TaskResult>>? run = null) =>
        DatabricksWorkspace.StartAsync(
            new() { RunTask = (task, _) => run?.Invoke(task) ?? Task.FromResult(TaskResult.Success()) },
            Token
        );
}
