using FunctionTune.History;
using FunctionTune.Service;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Orders;
using FunctionTune.Studies;
using FunctionTune.Testing.Azurite;
using Microsoft.DurableTask.Client;

namespace FunctionTune.Functions.Tests;

/// <summary>Studies on Durable Task's own worker and client, with the app's activities and logs in blob storage.</summary>
public sealed class StudyTests(AzuriteServer azurite) : IAsyncLifetime
{
    private AppInProcess _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _app = await AppInProcess.StartAsync(await azurite.NewContainerAsync(Token), Token);

    public ValueTask DisposeAsync() => _app is null ? default : _app.DisposeAsync();

    [Fact]
    public async Task A_study_runs_to_its_end_and_each_trial_counts_once()
    {
        StudyId id = await _app.SubmitAsync("bowl", Study(trials: 12, parallelism: 4, seconds: 0.2), Token);

        OrchestrationMetadata instance = await _app.EndAsync(id, Token);

        IReadOnlyList<StudyEvent> log = await _app.LogAsync(id, Token);
        Assert.True(instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{instance.FailureDetails}");
        Assert.Equal(Enumerable.Range(0, 12), log.OfType<StudyEvent.Finished>().Select(f => f.Trial).Order());
        Assert.Equal(StopReason.MaxEvals, Assert.IsType<StudyEvent.Ended>(log[^1]).Reason);
        StudyProgress progress = instance.ReadCustomStatusAs<StudyProgress>()!;
        Assert.Equal(12, progress.Done);
        Assert.NotNull(progress.BestLoss);
    }

    [Fact]
    public async Task A_study_that_is_begun_twice_is_one_study()
    {
        StudyId id = await _app.SubmitAsync("twice", Study(trials: 4, parallelism: 2, seconds: 0.2), Token);
        await _app.Studies.BeginAsync(id, Token);
        await _app.EndAsync(id, Token);
        await _app.Studies.BeginAsync(id, Token);

        IReadOnlyList<StudyEvent> log = await _app.LogAsync(id, Token);
        Assert.Single(log.OfType<StudyEvent.Created>());
        Assert.Equal(4, log.OfType<StudyEvent.Finished>().Count());
    }

    [Fact]
    public async Task A_cancelled_study_stops_its_trials_and_ends()
    {
        StudyId id = await _app.SubmitAsync("cancelled", Study(trials: 100, parallelism: 3, seconds: 600), Token);
        await UntilAsync(id, log => log.OfType<StudyEvent.Started>().Count() == 3);

        await _app.Studies.SteerAsync(id, new StudyEvent.CancelRequested(DateTimeOffset.UtcNow), Token);
        await _app.EndAsync(id, Token);

        IReadOnlyList<StudyEvent> log = await _app.LogAsync(id, Token);
        Assert.Equal(StopReason.Cancelled, Assert.IsType<StudyEvent.Ended>(log[^1]).Reason);
        Assert.All(
            log.OfType<StudyEvent.Finished>(),
            finished => Assert.IsType<TrialOutcome.Cancelled>(finished.Outcome)
        );
        Assert.Equal(3, log.OfType<StudyEvent.Finished>().Count());
    }

    [Fact]
    public async Task A_paused_study_starts_nothing_until_it_is_resumed()
    {
        StudyId id = await _app.SubmitAsync("paused", Study(trials: 6, parallelism: 2, seconds: 1), Token);
        await UntilAsync(id, log => log.OfType<StudyEvent.Started>().Any());
        await _app.Studies.SteerAsync(id, new StudyEvent.Paused(DateTimeOffset.UtcNow), Token);
        await UntilAsync(
            id,
            log => log.OfType<StudyEvent.Finished>().Count() == log.OfType<StudyEvent.Started>().Count()
        );

        await _app.Studies.SteerAsync(id, new StudyEvent.Resumed(DateTimeOffset.UtcNow), Token);
        await _app.EndAsync(id, Token);

        IReadOnlyList<StudyEvent> log = await _app.LogAsync(id, Token);
        int paused = log.TakeWhile(fact => fact is not StudyEvent.Paused).Count();
        int underWay = log.Skip(paused)
            .TakeWhile(fact => fact is not StudyEvent.Resumed)
            .OfType<StudyEvent.Started>()
            .Count();
        Assert.InRange(underWay, 0, 2); // being started when the pause came
        Assert.Equal(6, log.OfType<StudyEvent.Finished>().Count());
    }

    [Fact]
    public async Task Activities_that_are_carried_out_twice_count_once()
    {
        StudyId id = await _app.SubmitAsync("doubled", Study(trials: 8, parallelism: 4, seconds: 0.3), Token);
        await UntilAsync(id, log => log.OfType<StudyEvent.Started>().Any());
        // The same orders as the orchestration gives, from a message that is delivered again.
        await _app.Activities.PrepareAsync(new PrepareOrder(id.ToString()), Token);
        await _app.Activities.SuggestAsync(new SuggestOrder(id.ToString(), 0, 0), Token);
        await _app.Activities.StartAsync(
            new StartOrder(id.ToString(), 0, [new TrialAttempt(0, 1), new TrialAttempt(1, 1)]),
            Token
        );
        await _app.Activities.PollAsync(new PollOrder(id.ToString(), 0, TimeSpan.Zero), Token);

        await _app.EndAsync(id, Token);

        IReadOnlyList<StudyEvent> log = await _app.LogAsync(id, Token);
        Assert.Single(log.OfType<StudyEvent.Created>());
        Assert.Equal(Enumerable.Range(0, 8), log.OfType<StudyEvent.Started>().Select(s => s.Trial).Order());
        Assert.Equal(Enumerable.Range(0, 8), log.OfType<StudyEvent.Finished>().Select(f => f.Trial).Order());
    }

    [Fact]
    public async Task A_study_whose_instance_was_terminated_is_ended_by_the_janitor_with_nothing_left_running()
    {
        StudyId id = await _app.SubmitAsync("terminated", Study(trials: 100, parallelism: 2, seconds: 600), Token);
        await UntilAsync(id, log => log.OfType<StudyEvent.Started>().Count() == 2);
        await _app.Client.TerminateInstanceAsync(id.ToString(), Token);
        await _app.EndAsync(id, Token);

        await _app.Part<Janitor>().RunAsync(Token);
        await UntilAsync(id, log => log[^1] is StudyEvent.Ended);

        IReadOnlyList<StudyEvent> log = await _app.LogAsync(id, Token);
        Assert.Equal(StopReason.Cancelled, Assert.IsType<StudyEvent.Ended>(log[^1]).Reason);
        Assert.Equal(2, log.OfType<StudyEvent.Finished>().Count());
    }

    [Fact]
    public async Task An_instance_that_nobody_asked_the_service_for_ends_and_touches_nothing()
    {
        string id = await _app.Client.ScheduleNewOrchestrationInstanceAsync(
            StudyOrchestration.Name,
            new StudyRun("somebody-else"),
            new Microsoft.DurableTask.StartOrchestrationOptions("nobody-asked"),
            Token
        );

        OrchestrationMetadata instance = await _app.EndAsync(new StudyId(id), Token);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus);
        Assert.Empty(await _app.Studies.Store.ListAsync(Token));
    }

    [Fact]
    public async Task A_request_that_the_door_would_have_refused_is_refused_again_behind_it()
    {
        StudyId id = await _app.SubmitAsync(
            "refused",
            """{ "name": "refused", "space": { "x": { "uniform": [1, 0] } }, "maxEvals": 3, "trial": { "process": { "command": ["sh"] } } }""",
            Token
        );

        await _app.EndAsync(id, Token);

        Assert.NotNull(await new StudyRequests(_app.Studies.Area).RefusalAsync(id, Token));
        Assert.Empty(await _app.LogAsync(id, Token));
    }

    private static string Study(int trials, int parallelism, double seconds) =>
        FormattableString.Invariant(
            $$"""
            { "name": "bowl", "seed": 1, "space": { "x": { "uniform": [0, 1] } }, "algo": "tpe", "maxEvals": {{trials}},
              "parallelism": {{parallelism}}, "trial": { "simulated": { "seconds": {{seconds}} } } }
            """
        );

    /// <summary>Looks at the log until it says something: what changes it is another process's doing as far as a test can see.</summary>
    private async Task UntilAsync(StudyId id, Func<IReadOnlyList<StudyEvent>, bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!holds(await _app.LogAsync(id, Token)))
        {
            await timer.WaitForNextTickAsync(Token);
        }
    }
}
