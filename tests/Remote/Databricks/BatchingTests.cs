using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Remote.Tests.Databricks;

/// <summary>Several trials share a run.</summary>
public sealed class BatchingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trials_that_start_together_share_runs_and_end_each_with_its_own_result()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (trial, _) =>
            {
                if (trial.Number % 3 == 2)
                {
                    trial.Fail("unlucky");
                }
                else
                {
                    trial.Succeed(trial.Number);
                }

                return Task.FromResult<TaskResult?>(null);
            }
        );
        ITrialRunner runner = workspace.Runner(Batched(4));

        TrialOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => runner.EndAsync(RunnerWatch.Start(i)))
        );

        Assert.Equal(3, workspace.Server.Runs.Launched);
        Assert.All(
            outcomes.Index(),
            each =>
            {
                if (each.Index % 3 == 2)
                {
                    Assert.Equal("unlucky", Assert.IsType<TrialOutcome.Failed>(each.Item).Message);
                }
                else
                {
                    Assert.Equal(each.Index, Assert.IsType<TrialOutcome.Succeeded>(each.Item).Result.Loss);
                }
            }
        );
    }

    [Fact]
    public async Task Started_again_by_another_host_the_trials_are_in_the_same_batch()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Never);
        ITrialRunner first = workspace.Runner(Batched(3));
        TrialRun[] runs = await BeginAsync(first, 0, 1, 2);

        ITrialRunner second = workspace.Runner(Batched(3));
        TrialRun[] again = await BeginAsync(second, 2, 0, 5);

        Assert.Equal(2, workspace.Server.Runs.Launched);
        Assert.Equal(Job(runs[2]), Job(again[0]));
        Assert.Equal(Job(runs[0]), Job(again[1]));
        Assert.NotEqual(Job(runs[0]), Job(again[2]));
    }

    [Fact]
    public async Task A_batch_that_was_never_listed_is_void_and_its_trials_find_another()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Done);
        // A host claimed places for two trials and died before it wrote the list.
        foreach (int trial in (int[])[0, 1])
        {
            workspace.WriteInArea($"studies/study/trials/{trial}/1/batch-1.json", """{"batch":"dead"}""");
        }

        TrialRun[] runs = await BeginAsync(workspace.Runner(Batched(3)), 0, 1, 2);

        Assert.InRange(workspace.Server.Runs.Launched, 1, 2);
        ITrialRunner runner = workspace.Runner(Batched(3));
        foreach (TrialRun run in runs)
        {
            Assert.IsType<TrialOutcome.Succeeded>((await runner.FollowAsync(run)).Outcome);
        }

        JsonNode list = JsonNode.Parse(workspace.ReadInArea("studies/study/batches/dead/batch.json"))!;
        Assert.Empty(list["trials"]!.AsArray());
    }

    [Fact]
    public async Task A_member_that_is_stopped_is_skipped_and_the_last_one_takes_the_run_with_it()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Never);
        ITrialRunner runner = workspace.Runner(Batched(3));
        TrialRun[] runs = await BeginAsync(runner, 0, 1, 2);

        await runner.StopAsync(runs[2], "late", Cancel);
        await runner.StopAsync(runs[1], "late", Cancel);
        Assert.Equal(1, workspace.Server.Runs.Alive);
        Assert.All(await runner.PollAsync([.. runs], Cancel), report => Assert.Null(report.Outcome));
        await runner.StopAsync(runs[0], "late", Cancel);

        foreach (TrialRun run in runs)
        {
            Assert.Equal(new TrialOutcome.Cancelled("late"), (await runner.FollowAsync(run)).Outcome);
        }

        Assert.Equal(0, workspace.Server.Runs.Alive);
    }

    [Fact]
    public async Task When_a_batch_breaks_only_the_trial_at_work_is_to_blame()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (trial, _) =>
            {
                if (trial.Number == 1)
                {
                    throw new InvalidOperationException("out of memory");
                }

                trial.Succeed(0.5);
                return Task.FromResult<TaskResult?>(null);
            }
        );
        ITrialRunner runner = workspace.Runner(Batched(3));
        TrialRun[] runs = await BeginAsync(runner, 0, 1, 2);

        var outcomes = new List<TrialOutcome>();
        foreach (TrialRun run in runs)
        {
            outcomes.Add((await runner.FollowAsync(run)).Outcome);
        }

        Assert.IsType<TrialOutcome.Succeeded>(outcomes[0]);
        Assert.Contains(
            "out of memory",
            Assert.IsType<TrialOutcome.Failed>(outcomes[1]).Message,
            StringComparison.Ordinal
        );
        Assert.IsType<TrialOutcome.Deferred>(outcomes[2]);
    }

    [Fact]
    public async Task A_batch_may_take_as_long_as_its_trials_together()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Done);
        ITrialRunner runner = workspace.Runner(Batched(2));

        await Task.WhenAll(
            Enumerable.Range(0, 2).Select(i => runner.EndAsync(RunnerWatch.Start(i, TimeSpan.FromSeconds(30))))
        );

        Assert.Equal(60, workspace.Server.Requests.Submissions.Single().GetProperty("timeout_seconds").GetInt32());
    }

    private static Action<JsonObject> Batched(int size) => options => options["trialsPerRun"] = size;

    private static Task<TrialRun[]> BeginAsync(ITrialRunner runner, params ImmutableArray<int> trials) =>
        Task.WhenAll(trials.Select(trial => runner.BeginAsync(RunnerWatch.Start(trial))));

    private static long Job(TrialRun run) => run.Handle.GetProperty("run").GetInt64();

    private static Task<TaskResult?> Done(TestTrial trial, CancellationToken cancel)
    {
        trial.Succeed(0.5);
        return Task.FromResult<TaskResult?>(null);
    }

    private static async Task<TaskResult?> Never(TestTrial trial, CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel);
        return null;
    }
}
