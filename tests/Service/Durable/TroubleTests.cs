using FunctionTune.Service.Durable;
using FunctionTune.Studies;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>Services that cannot be reached, workers and instances that are gone.</summary>
public sealed class TroubleTests : IDisposable
{
    private const string Silent = "The workspace does not answer.";

    private readonly StudyWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_study_shows_its_trouble_tries_again_less_and_less_often_and_goes_on_by_itself()
    {
        await _world.BeginAsync(StudyWorld.Study("\"maxEvals\": 40, \"parallelism\": 4"), Cancel);
        _world.RunFor(TimeSpan.FromSeconds(25));
        _world.Platform.Mood = Silent;
        _world.RunFor(TimeSpan.FromHours(2));

        Assert.Equal(Silent, _world.Shown!.Trouble);
        Assert.Equal(Silent, await _world.Host.TroubleAsync(StudyWorld.Id, Cancel));
        Assert.InRange(_world.Platform.Calls, 10, 200);

        _world.Platform.Mood = null;
        _world.RunToEnd();

        StudyRecord study = await _world.ReadAsync(Cancel);
        Assert.Null(_world.Shown!.Trouble);
        Assert.Equal(new TrialCounts(Succeeded: 40), study.State.Counts);
        Assert.All(study.Trials, trial => Assert.Equal(1, trial.Attempts));
    }

    [Fact]
    public async Task However_long_a_trouble_is_told_what_is_shown_is_short_and_forgotten_when_nobody_waits_for_it()
    {
        await _world.BeginAsync(StudyWorld.Study("\"maxEvals\": 40, \"parallelism\": 4"), Cancel);
        _world.RunFor(TimeSpan.FromSeconds(5));
        await _world.SteerAsync(at => new StudyEvent.Paused(at), Cancel);
        _world.RunFor(TimeSpan.FromMinutes(1));
        _world.Platform.Mood = new string('ü', 9000);
        await _world.SteerAsync(at => new StudyEvent.Resumed(at), Cancel);
        _world.RunFor(TimeSpan.FromMinutes(1));
        Assert.NotNull(_world.Shown!.Trouble);
        Assert.InRange(_world.Hub.Figures.MostStatusBytes, 1, 4095);

        await _world.SteerAsync(at => new StudyEvent.Paused(at), Cancel);
        _world.RunFor(TimeSpan.FromMinutes(6));
        Assert.Equal(("paused", null), (_world.Shown!.Phase, _world.Shown.Trouble));
    }

    [Fact]
    public async Task A_study_in_trouble_is_cancelled_as_soon_as_its_service_answers()
    {
        await _world.BeginAsync(StudyWorld.Study("\"maxEvals\": 40, \"parallelism\": 4", seconds: 3600), Cancel);
        _world.RunFor(TimeSpan.FromSeconds(25));
        _world.Platform.Mood = Silent;
        _world.RunFor(TimeSpan.FromMinutes(20));
        _world.Platform.Mood = null;
        await _world.SteerAsync(at => new StudyEvent.CancelRequested(at), Cancel);
        DateTimeOffset asked = _world.Time.GetUtcNow();
        _world.RunToEnd();

        StudyRecord study = await _world.ReadAsync(Cancel);
        Assert.Equal(new TrialCounts(Cancelled: 4), study.State.Counts);
        Assert.InRange(study.State.EndedAt!.Value - asked, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_study_that_cannot_be_prepared_yet_is_prepared_when_it_can()
    {
        _world.Platform.Mood = Silent;
        await _world.BeginAsync(StudyWorld.Study("\"maxEvals\": 4"), Cancel);
        _world.RunFor(TimeSpan.FromDays(2));
        Assert.Equal(("preparing", Silent), (_world.Shown!.Phase, _world.Shown.Trouble));
        Assert.InRange(_world.Hub.Figures.MostRows, 1, 600);

        _world.Platform.Mood = null;
        _world.RunToEnd();
        Assert.Equal(4, (await _world.ReadAsync(Cancel)).State.Counts.Succeeded);
    }

    [Fact]
    public async Task An_instance_that_an_administrator_ended_leaves_nothing_running()
    {
        await _world.BeginAsync(StudyWorld.Study("\"maxEvals\": 40, \"parallelism\": 4", seconds: 3600), Cancel);
        _world.RunFor(TimeSpan.FromSeconds(30));
        _world.Hub.Terminate("s");
        _world.RunFor(TimeSpan.FromSeconds(30));
        await _world.Janitor.RunAsync(Cancel);
        await _world.Janitor.RunAsync(Cancel);
        _world.RunToEnd();

        StudyRecord study = await _world.ReadAsync(Cancel);
        Assert.Equal(StopReason.Cancelled, study.State.Reason);
        Assert.Equal(new TrialCounts(Cancelled: 4), study.State.Counts);
    }

    [Fact]
    public async Task An_instance_that_is_gone_is_begun_again_and_its_trials_count_once()
    {
        await _world.BeginAsync(StudyWorld.Study("\"maxEvals\": 12, \"parallelism\": 4", seconds: 60), Cancel);
        _world.RunFor(TimeSpan.FromSeconds(90));
        _world.Hub.Purge("s");
        await _world.Janitor.RunAsync(Cancel);
        Assert.Equal(InstanceStatus.Running, _world.Hub.StatusOf("s"));
        _world.RunToEnd();

        StudyRecord study = await _world.ReadAsync(Cancel);
        Assert.Equal(new TrialCounts(Succeeded: 12), study.State.Counts);
        Assert.All(study.Trials, trial => Assert.Equal(1, trial.Attempts));

        int calls = _world.Platform.Calls;
        await _world.Janitor.RunAsync(Cancel);
        Assert.Equal(calls + 1, _world.Platform.Calls);
        _world.RunFor(TimeSpan.FromHours(3));
        await _world.Janitor.RunAsync(Cancel);
        Assert.Equal(calls + 1, _world.Platform.Calls);
    }

    [Fact]
    public async Task A_request_that_nobody_took_up_is_taken_up_and_a_refused_one_is_left_alone()
    {
        await _world.AskAsync(StudyWorld.Study("\"maxEvals\": 2"), Cancel);
        await _world.Janitor.RunAsync(Cancel);
        Assert.Null(_world.Hub.StatusOf("s"));

        _world.RunFor(TimeSpan.FromMinutes(3));
        await _world.Janitor.RunAsync(Cancel);
        Assert.Equal(InstanceStatus.Running, _world.Hub.StatusOf("s"));

        _world.Hub.Purge("s");
        await _world.Requests.RefuseAsync(StudyWorld.Id, [new Problem("$", "there is a better one")], Cancel);
        await _world.Janitor.RunAsync(Cancel);
        Assert.Null(_world.Hub.StatusOf("s"));
    }
}
