using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Hosting;

namespace FunctionTune.Testing.Hosting;

/// <summary>What holds of every <see cref="ITrialRunner"/>. Inherit it and say how to make a runner of such trials.</summary>
public abstract class TrialRunnerContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A runner whose trials behave so.</summary>
    protected abstract ITrialRunner Open(TrialBehaviour behaviour);

    [Fact]
    public async Task A_trial_ends_with_its_loss()
    {
        TrialOutcome outcome = await Open(TrialBehaviour.Succeeds).EndAsync(RunnerWatch.Start());

        Assert.Equal(0.5, Assert.IsType<TrialOutcome.Succeeded>(outcome).Result.Loss);
    }

    [Fact]
    public async Task A_trial_that_fails_is_an_outcome_with_a_message()
    {
        TrialOutcome outcome = await Open(TrialBehaviour.Fails).EndAsync(RunnerWatch.Start());

        Assert.InRange(Assert.IsType<TrialOutcome.Failed>(outcome).Message.Length, 1, OutcomeText.MaxLine);
    }

    [Fact]
    public async Task Started_again_an_attempt_is_the_same_run()
    {
        ITrialRunner runner = Open(TrialBehaviour.NeverEnds);
        TrialRun[] runs = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => runner.BeginAsync(RunnerWatch.Start()), Cancel))
        );

        Assert.Single(runs.Select(run => run.Handle.GetRawText()).Distinct(StringComparer.Ordinal));
        await runner.StopAsync(runs[0], "enough", Cancel);
        Assert.Equal(new TrialOutcome.Cancelled("enough"), (await runner.FollowAsync(runs[1])).Outcome);
    }

    [Fact]
    public async Task A_look_takes_many_runs_and_answers_in_their_order()
    {
        ITrialRunner runner = Open(TrialBehaviour.Reports);
        var runs = new TrialRun[6];
        for (int trial = 0; trial < runs.Length; trial++)
        {
            runs[trial] = await runner.BeginAsync(RunnerWatch.Start(trial));
        }

        await runner.FollowAsync(runs[4]);
        foreach (TrialRun run in runs[..4])
        {
            await runner.FollowAsync(run);
        }

        ImmutableArray<RunReport> reports = await runner.PollAsync([runs[4], runs[1], runs[4]], Cancel);
        Assert.Equal(3, reports.Length);
        Assert.All(reports, report => Assert.IsType<TrialOutcome.Succeeded>(report.Outcome));
        await runner.FollowAsync(runs[5]);
    }

    [Fact]
    public async Task Intermediate_values_are_told_once_and_in_order()
    {
        ITrialRunner runner = Open(TrialBehaviour.Reports);
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());

        (_, ImmutableArray<IntermediateValue> values) = await runner.FollowAsync(run);

        Assert.Equal([0L, 1L, 2L], values.Select(value => value.Step));
        Assert.Equal([4.0, 2.0, 1.0], values.Select(value => value.Values["loss"]));
        RunReport later = (await runner.PollAsync([run], Cancel)).Single();
        Assert.Empty(later.Values);
        Assert.IsType<TrialOutcome.Succeeded>(later.Outcome);
    }

    [Fact]
    public async Task A_run_may_be_stopped_twice_and_after_its_end()
    {
        ITrialRunner runner = Open(TrialBehaviour.NeverEnds);
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());

        await runner.StopAsync(run, "first", Cancel);
        await runner.StopAsync(run, "second", Cancel);
        Assert.Equal(new TrialOutcome.Cancelled("first"), (await runner.FollowAsync(run)).Outcome);

        await runner.StopAsync(run, "third", Cancel);
        Assert.Equal(new TrialOutcome.Cancelled("first"), (await runner.FollowAsync(run)).Outcome);
    }

    [Fact]
    public async Task A_stop_that_comes_too_late_changes_nothing()
    {
        ITrialRunner runner = Open(TrialBehaviour.Succeeds);
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());
        await runner.FollowAsync(run);

        await runner.StopAsync(run, "late", Cancel);

        Assert.IsType<TrialOutcome.Succeeded>((await runner.FollowAsync(run)).Outcome);
    }

    [Fact]
    public async Task A_trial_that_takes_too_long_fails_for_that()
    {
        TrialStart start = RunnerWatch.Start(timeout: TimeSpan.FromMilliseconds(300));

        TrialOutcome outcome = await Open(TrialBehaviour.NeverEnds).EndAsync(start);

        Assert.Equal(FailureKind.Timeout, Assert.IsType<TrialOutcome.Failed>(outcome).Kind);
    }

    [Fact]
    public async Task Waiting_for_news_can_be_given_up()
    {
        ITrialRunner runner = Open(TrialBehaviour.NeverEnds);
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.WaitForNewsAsync(patience.Token));

        await runner.StopAsync(run, "enough", Cancel);
        await runner.FollowAsync(run);
    }
}
