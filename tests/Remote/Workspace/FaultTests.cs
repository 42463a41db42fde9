using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.StandIns.Faults;
using static FunctionTune.Remote.Tests.Workspace.WorkspaceClient;

namespace FunctionTune.Remote.Tests.Workspace;

public sealed class FaultTests
{
    private const string List = "/api/2.2/jobs/runs/list";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Fault, int, string> Refusals =>
        new()
        {
            { new Fault.Throttled("soon"), 429, "REQUEST_LIMIT_EXCEEDED" },
            { new Fault.Error(503, "TEMPORARILY_UNAVAILABLE", "later"), 503, "later" },
            { new Fault.Error(500, "500", "now"), 500, "\"error_code\":500" },
            { new Fault.PlainText(400, "INVALID: no"), 400, "INVALID: no" },
            { new Fault.HtmlPage(502), 502, "<pre>" },
            { new Fault.LoginRedirect(), 302, "" },
            { new Fault.Garbage(), 200, "{\"run_id\": 45" },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_fault_answers_in_its_way_as_often_as_it_is_set(Fault fault, int status, string says)
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);
        workspace.Faults.Set(fault with { Times = 1, Endpoint = "runs/" });

        using HttpResponseMessage other = await client.SendAsync(HttpMethod.Get, "/api/2.1/clusters/list-node-types");
        using HttpResponseMessage struck = await client.SendAsync(HttpMethod.Get, List);
        using HttpResponseMessage next = await client.SendAsync(HttpMethod.Get, List);

        Assert.Equal((200, status, 200), ((int)other.StatusCode, (int)struck.StatusCode, (int)next.StatusCode));
        Assert.Contains(says, await struck.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(1, workspace.Faults.Struck[fault.GetType().Name]);
        Assert.Equal(
            fault is Fault.Throttled ? "soon" : null,
            struck.Headers.TryGetValues("Retry-After", out var v) ? v.Single() : null
        );
    }

    [Fact]
    public async Task A_lost_response_is_carried_out_and_a_cut_request_is_not()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);
        JsonObject body = Submission((run, _) => run["idempotency_token"] = "t");

        workspace.Faults.Set(new Fault.Cut());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.SubmitAsync(body));
        int afterCut = workspace.Runs.Launched;
        workspace.Faults.Set(new Fault.LostResponse());
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.SubmitAsync(body));
        int afterLost = workspace.Runs.Launched;
        workspace.Faults.Set();
        long found = await client.SubmittedAsync(body);

        Assert.Equal((0, 1, 1), (afterCut, afterLost, workspace.Runs.Launched));
        Assert.Equal(workspace.Runs.All[0].RunId, found);
        Assert.Equal(1, workspace.Requests.Count("runs/submit", 200));
        Assert.True(workspace.Requests.Count("runs/submit", 0) >= 2);
    }

    [Fact]
    public async Task Faults_strike_at_their_rate_and_the_same_seed_gives_the_same()
    {
        int[] first = await CountAsync();
        int[] second = await CountAsync();

        Assert.Equal(first, second);
        Assert.InRange(first.Count(status => status == 429), 20, 60);

        static async Task<int[]> CountAsync()
        {
            await using DatabricksWorkspace workspace = await StartAsync();
            using var client = new WorkspaceClient(workspace);
            workspace.Faults.Set(
                new Fault.Throttled { Rate = 0.1 },
                new Fault.Error(500, "INTERNAL_ERROR", "x") { Rate = 0.05 }
            );
            var answers = new List<int>();
            for (int i = 0; i < 400; i++)
            {
                answers.Add((await client.GetAsync(List)).Status);
            }

            return [.. answers];
        }
    }

    [Fact]
    public async Task Two_thousand_runs_that_cost_nothing_take_seconds()
    {
        await using DatabricksWorkspace workspace = await StartAsync();
        using var client = new WorkspaceClient(workspace);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2000),
            new ParallelOptions { MaxDegreeOfParallelism = 128, CancellationToken = Token },
            async (i, _) => await client.SubmittedAsync(Submission((run, _) => run["idempotency_token"] = $"t{i}"))
        );
        await workspace.Runs.UntilAsync(runs => runs.Alive == 0, Token);

        Assert.Equal(2000, workspace.Runs.Launched);
        Assert.Equal(8, workspace.Runs.MostRunning);
        Assert.All(workspace.Runs.LaunchesByToken.Values, count => Assert.Equal(1, count));
    }

    private static Task<DatabricksWorkspace> StartAsync() =>
        DatabricksWorkspace.StartAsync(
            new()
            {
                RunTask = async (_, _) =>
                {
                    await Task.Yield();
                    return TaskResult.Success();
                },
            },
            Token
        );
}
