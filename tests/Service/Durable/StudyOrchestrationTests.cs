using FunctionTune.Service.Durable;
using FunctionTune.Studies;
using FunctionTune.Testing.Durable;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>A study, run by the orchestration from its request to its end.</summary>
public sealed class StudyOrchestrationTests : IDisposable
{
    private readonly StudyWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_study_runs_from_its_request_to_its_end()
    {
        StudyRecord study = await _world.RunAsync(StudyWorld.Study("\"maxEvals\": 40, \"parallelism\": 4"), Cancel);

        Assert.Equal(InstanceStatus.Completed, _world.Hub.StatusOf("s"));
        Assert.Equal(StopReason.MaxEvals, study.State.Reason);
        Assert.Equal(new TrialCounts(Succeeded: 40), study.State.Counts);
        Assert.InRange(study.State.EndedAt!.Value - study.CreatedAt, Seconds(100), Seconds(104));
        Assert.Equal(("ended", 40, 0), (_world.Shown!.Phase, _world.Shown.Done, _world.Shown.Running));
    }

    [Fact]
    public async Task A_long_study_goes_through_many_executions_and_none_of_them_grows()
    {
        StudyRecord study = await _world.RunAsync(
            StudyWorld.Study("\"maxEvals\": 1500, \"parallelism\": 8", seconds: 20),
            Cancel
        );

        HubFigures figures = _world.Hub.Figures;
        Assert.Equal(new TrialCounts(Succeeded: 1500), study.State.Counts);
        Assert.InRange(figures.Executions, 3, 100);
        Assert.InRange(figures.MostRows, 1, 1200);
        Assert.InRange(figures.MostInputBytes, 1, 64);
        Assert.InRange(figures.MostAnswerBytes, 1, 16_000);
        Assert.Null(study.Trials.FirstOrDefault(trial => trial.Attempts != 1));
    }

    [Fact]
    public async Task Hours_of_training_cost_few_looks()
    {
        StudyRecord study = await _world.RunAsync(
            StudyWorld.Study("\"maxEvals\": 2, \"parallelism\": 2", seconds: 3 * 3600),
            Cancel
        );

        Assert.InRange(study.State.EndedAt!.Value - study.CreatedAt, Seconds(10_800), Seconds(10_860));
        Assert.InRange(_world.Hub.Figures.Activities[ActivityNames.Poll], 2, 210);
    }

    [Fact]
    public async Task A_cancelled_study_ends_within_seconds_though_nobody_was_to_look_for_a_minute()
    {
        await _world.BeginAsync(StudyWorld.Study("\"maxEvals\": 9, \"parallelism\": 3", seconds: 9000), Cancel);
        _world.RunFor(TimeSpan.FromHours(1));
        await _world.SteerAsync(at => new StudyEvent.CancelRequested(at), Cancel);
        DateTimeOffset asked = _world.Time.GetUtcNow();
        _world.RunToEnd();

        StudyRecord study = await _world.ReadAsync(Cancel);
        Assert.Equal(StopReason.Cancelled, study.State.Reason);
        Assert.Equal(new TrialCounts(Cancelled: 3), study.State.Counts);
        Assert.InRange(study.State.EndedAt!.Value - asked, TimeSpan.Zero, Seconds(2));
        Assert.All(
            study.Trials,
            t =>
                Assert.Contains(
                    "cancelled",
                    ((History.TrialOutcome.Cancelled)t.Outcome!).Reason,
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 302)]
    public async Task A_paused_study_waits_for_its_user_and_hears_of_wishes_also_when_nobody_tells(
        bool told,
        int seconds
    )
    {
        await _world.BeginAsync(StudyWorld.Study("\"maxEvals\": 8, \"parallelism\": 2"), Cancel);
        _world.RunFor(Seconds(15));
        await _world.SteerAsync(at => new StudyEvent.Paused(at), Cancel);
        _world.RunFor(TimeSpan.FromHours(6));
        Assert.Equal("paused", _world.Shown!.Phase);
        Assert.Equal(4, (await _world.ReadAsync(Cancel)).State.Counts.Succeeded);

        _world.Instances.Nudges = told;
        await _world.SteerAsync(at => new StudyEvent.Resumed(at), Cancel);
        DateTimeOffset asked = _world.Time.GetUtcNow();
        _world.RunToEnd();

        StudyRecord study = await _world.ReadAsync(Cancel);
        Assert.Equal(new TrialCounts(Succeeded: 8), study.State.Counts);
        Assert.InRange(study.Trials[4].StartedAt!.Value - asked, TimeSpan.Zero, Seconds(seconds));
    }

    [Fact]
    public async Task When_its_time_is_over_a_study_stops_its_trials_and_keeps_what_it_has()
    {
        StudyRecord study = await _world.RunAsync(
            StudyWorld.Study("\"maxEvals\": 100, \"parallelism\": 3, \"timeout\": \"00:00:35\""),
            Cancel
        );

        Assert.Equal(StopReason.Timeout, study.State.Reason);
        Assert.Equal(new TrialCounts(Succeeded: 9, Cancelled: 3), study.State.Counts);
        Assert.InRange(study.State.EndedAt!.Value - study.CreatedAt, Seconds(35), Seconds(37));
    }

    [Fact]
    public async Task A_study_that_is_over_goes_on_when_its_limits_are_raised()
    {
        await _world.RunAsync(StudyWorld.Study("\"maxEvals\": 3"), Cancel);
        await _world.SteerAsync(at => new StudyEvent.LimitsChanged(at, new LimitsChange { MaxEvals = 5 }), Cancel);
        _world.RunToEnd();

        Assert.Equal(new TrialCounts(Succeeded: 5), (await _world.ReadAsync(Cancel)).State.Counts);
    }

    [Fact]
    public async Task What_is_asked_for_by_anybody_else_than_the_service_is_checked_like_any_other_input()
    {
        _world.Hub.Begin("s", new StudyRun("../../s"));
        _world.RunToEnd();
        Assert.Equal("unknown", _world.Shown!.Phase);

        _world.Hub.Begin("s", new StudyRun("s"));
        _world.RunToEnd();
        Assert.Equal("unknown", _world.Shown!.Phase);

        await _world.BeginAsync(StudyWorld.Study("\"maxEvals\": 0"), Cancel);
        _world.RunToEnd();
        Assert.Equal("refused", _world.Shown!.Phase);
        Assert.Contains(
            (await _world.Requests.RefusalAsync(StudyWorld.Id, Cancel))!.Value,
            p => p.Path == "$.maxEvals"
        );
        Assert.Equal(0, (await _world.ReadAsync(Cancel)).Version);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
