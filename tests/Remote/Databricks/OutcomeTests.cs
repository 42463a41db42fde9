using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.StandIns.Faults;
using FunctionTune.Studies;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Remote.Tests.Databricks;

/// <summary>What becomes of trials when something goes wrong on the workspace.</summary>
public sealed class OutcomeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exception_of_the_program_is_told_with_its_trace()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (_, _) => Task.FromResult<TaskResult?>(TaskResult.UserError("ValueError: no gamma", "Traceback\n  line 3"))
        );

        var outcome = Assert.IsType<TrialOutcome.Failed>(await workspace.Runner().EndAsync(RunnerWatch.Start()));

        Assert.Equal((FailureKind.Exception, "ValueError: no gamma"), (outcome.Kind, outcome.Message));
        Assert.Equal("Traceback\n  line 3", outcome.Detail);
    }

    [Fact]
    public async Task A_result_counts_though_the_run_failed_after_it()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (trial, _) =>
            {
                trial.Succeed(0.25);
                return Task.FromResult<TaskResult?>(TaskResult.UserError("OSError: at exit"));
            }
        );

        var outcome = Assert.IsType<TrialOutcome.Succeeded>(await workspace.Runner().EndAsync(RunnerWatch.Start()));

        Assert.Equal(0.25, outcome.Result.Loss);
        Assert.Contains("failed after it wrote", outcome.Result.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DRIVER_ERROR", typeof(TrialOutcome.Lost))]
    [InlineData("CLUSTER_TERMINATED_BY_USER", typeof(TrialOutcome.Lost))]
    [InlineData("MAX_CONCURRENT_RUNS_EXCEEDED", typeof(TrialOutcome.Deferred))]
    public async Task What_the_platform_ends_is_tried_again_later(string code, Type expected)
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (_, _) => Task.FromResult<TaskResult?>(TaskResult.Platform(code, "words"))
        );

        TrialOutcome outcome = await workspace.Runner().EndAsync(RunnerWatch.Start());

        Assert.IsType(expected, outcome);
        TimeSpan? wait = outcome is TrialOutcome.Lost lost
            ? lost.RetryAfter
            : ((TrialOutcome.Deferred)outcome).RetryAfter;
        Assert.InRange(wait!.Value.TotalSeconds, 8, 30);
    }

    [Fact]
    public async Task A_run_that_cannot_be_set_up_stops_the_study()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (_, _) => Task.FromResult<TaskResult?>(TaskResult.Platform("LIBRARY_INSTALLATION_ERROR", "no such wheel"))
        );

        var outcome = Assert.IsType<TrialOutcome.Failed>(await workspace.Runner().EndAsync(RunnerWatch.Start()));

        Assert.Equal(FailureKind.Misconfigured, outcome.Kind);
        Assert.Contains("no such wheel", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_line_of_the_logs_is_a_result_for_the_lazy()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (_, _) => Task.FromResult<TaskResult?>(TaskResult.Success("epoch 1\n{\"loss\": 0.75}\n"))
        );

        var outcome = Assert.IsType<TrialOutcome.Succeeded>(await workspace.Runner().EndAsync(RunnerWatch.Start()));

        Assert.Equal(0.75, outcome.Result.Loss);
    }

    [Fact]
    public async Task What_a_notebook_exits_with_is_its_result()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (_, _) => Task.FromResult<TaskResult?>(TaskResult.Success() with { NotebookResult = "0.125" })
        );
        ITrialRunner runner = workspace.Runner(options =>
            options["task"] = new JsonObject { ["notebook"] = new JsonObject { ["path"] = "/Workspace/Shared/train" } }
        );

        var outcome = Assert.IsType<TrialOutcome.Succeeded>(await runner.EndAsync(RunnerWatch.Start()));

        Assert.Equal(0.125, outcome.Result.Loss);
    }

    [Fact]
    public async Task A_run_that_ends_well_without_a_result_failed()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (_, _) => Task.FromResult<TaskResult?>(null)
        );

        var outcome = Assert.IsType<TrialOutcome.Failed>(await workspace.Runner().EndAsync(RunnerWatch.Start()));

        Assert.Equal(FailureKind.NoResult, outcome.Kind);
    }

    [Fact]
    public async Task A_result_of_another_attempt_is_refused()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (trial, _) =>
            {
                trial.Succeed(0.5, token: RunnerWatch.Start(attempt: 2).Token);
                return Task.FromResult<TaskResult?>(null);
            }
        );

        var outcome = Assert.IsType<TrialOutcome.Failed>(await workspace.Runner().EndAsync(RunnerWatch.Start()));

        Assert.Equal(FailureKind.InvalidResult, outcome.Kind);
        Assert.Contains("another attempt", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_of_the_same_id_in_the_same_area_is_not_mixed_up_with_this_one()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Done);
        ITrialRunner runner = workspace.Runner();
        await runner.EndAsync(RunnerWatch.Start());

        TrialStart other = RunnerWatch.Start() with { StudyCreatedAt = DateTimeOffset.UnixEpoch.AddDays(1) };
        var outcome = Assert.IsType<TrialOutcome.Failed>((await runner.StartAsync(other, Cancel)).Outcome);

        Assert.Equal(FailureKind.Misconfigured, outcome.Kind);
        Assert.Contains("another study", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_deleted_is_lost_unless_it_left_a_result()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            (trial, _) =>
            {
                if (trial.Number == 1)
                {
                    trial.Succeed(0.5);
                }

                return Task.FromResult<TaskResult?>(null);
            }
        );
        ITrialRunner runner = workspace.Runner();
        TrialRun without = await runner.BeginAsync(RunnerWatch.Start(0));
        TrialRun with = await runner.BeginAsync(RunnerWatch.Start(1));
        await workspace.Server.Runs.UntilAsync(runs => runs.Alive == 0, Cancel);
        foreach (TrialRun run in new[] { without, with })
        {
            workspace.Server.Runs.Delete(run.Handle.GetProperty("run").GetInt64());
        }

        Assert.IsType<TrialOutcome.Lost>((await runner.FollowAsync(without)).Outcome);
        Assert.IsType<TrialOutcome.Succeeded>((await runner.FollowAsync(with)).Outcome);
        StartResult again = await workspace.Runner().StartAsync(RunnerWatch.Start(), Cancel);
        Assert.IsType<TrialOutcome.Lost>(again.Outcome);
    }

    [Fact]
    public async Task A_cluster_that_ends_under_its_trials_loses_them_and_nothing_else()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(
            async (_, ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct);
                return null;
            }
        );
        ITrialRunner runner = workspace.Runner();
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());
        await workspace.Server.Runs.UntilAsync(runs => runs.Running == 1, Cancel);

        workspace.Server.Clusters[TestWorkspace.Cluster].Terminate();

        Assert.Contains(
            "CLUSTER_TERMINATED_BY_USER",
            Assert.IsType<TrialOutcome.Lost>((await runner.FollowAsync(run)).Outcome).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_that_somebody_cancels_on_the_workspace_is_cancelled()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Never);
        ITrialRunner runner = workspace.Runner();
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());

        // Another process of the same study asks: this one does not know why.
        await using ITrialRunner other = workspace.Runner();
        await other.StopAsync(run, "elsewhere", Cancel);

        var outcome = Assert.IsType<TrialOutcome.Cancelled>((await runner.FollowAsync(run)).Outcome);
        Assert.Contains("cancelled on Databricks", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submit_that_is_refused_for_its_set_up_is_an_outcome()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Done);
        ITrialRunner runner = workspace.Runner(options =>
            options["cluster"] = new JsonObject { ["existing"] = "gone" }
        );

        var outcome = Assert.IsType<TrialOutcome.Failed>(
            (await runner.StartAsync(RunnerWatch.Start(), Cancel)).Outcome
        );

        Assert.Equal(FailureKind.Misconfigured, outcome.Kind);
        Assert.Contains("gone", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workspace_without_room_defers_the_trial_and_lowers_what_runs_at_once()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Never);
        ITrialRunner runner = workspace.Runner();
        TrialRun[] runs = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => runner.BeginAsync(RunnerWatch.Start(i)))
        );
        await runner.PollAsync([.. runs], Cancel);
        workspace.Server.Faults.Set(
            new Fault.Error(400, "QUOTA_EXCEEDED", "too many runs") { Endpoint = "runs/submit" }
        );

        TrialOutcome? outcome = (await runner.StartAsync(RunnerWatch.Start(9), Cancel)).Outcome;
        RunnerCapacity? capacity = await runner.MeasureAsync(Cancel);

        Assert.Contains(
            "too many runs",
            Assert.IsType<TrialOutcome.Deferred>(outcome).Message,
            StringComparison.Ordinal
        );
        Assert.Equal((3, 3), (capacity!.Slots, capacity.Ceiling));
    }

    [Fact]
    public async Task An_expired_token_ends_the_host_and_not_the_runs()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Never);
        ITrialRunner runner = workspace.Runner();
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());
        workspace.Server.Token = "dapi-new";

        await Assert.ThrowsAnyAsync<FunctionTuneException>(() => runner.PollAsync([run], Cancel));
        await Assert.ThrowsAnyAsync<FunctionTuneException>(() => runner.StartAsync(RunnerWatch.Start(1), Cancel));
        Assert.Equal(1, workspace.Server.Runs.Alive);

        using Remote.Databricks.DatabricksPlatform renewed = workspace.Open();
        await using ITrialRunner resumed = workspace.Runner(platform: renewed);
        Assert.Null((await resumed.PollAsync([run], Cancel)).Single().Outcome);
    }

    [Fact]
    public async Task A_sweep_ends_the_runs_of_its_study_and_area_only()
    {
        await using TestWorkspace workspace = await TestWorkspace.StartAsync(Never);
        ITrialRunner runner = workspace.Runner();
        await runner.BeginAsync(RunnerWatch.Start(0));
        await runner.BeginAsync(RunnerWatch.Start(1));
        await runner.BeginAsync(RunnerWatch.Start(2) with { Study = new StudyId("study-2") });
        await workspace.Runner(staging: "/Volumes/main/other/tests").BeginAsync(RunnerWatch.Start(3));

        await runner.SweepAsync(new StudyId("study"), Cancel);

        Assert.Equal(2, workspace.Server.Runs.Alive);
        await workspace.SweepAsync((study, _) => Task.FromResult(study == new StudyId("study-2")));
        Assert.Equal(1, workspace.Server.Runs.Alive);
    }

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
