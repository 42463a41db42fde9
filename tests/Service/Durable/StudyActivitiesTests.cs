using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Orders;
using FunctionTune.Studies;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>Activities as a queue delivers them: twice, late, to another process, with anything in them.</summary>
public sealed class StudyActivitiesTests : IDisposable
{
    private readonly StudyWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Carried_out_twice_by_different_processes_each_activity_counts_once()
    {
        StudyActivities[] processes = [_world.Activities(), _world.Activities()];
        await _world.AskAsync(StudyWorld.Study("\"maxEvals\": 3, \"parallelism\": 3"), Cancel);

        await EachAsync(processes, a => a.PrepareAsync(new PrepareOrder("s"), Cancel));
        await EachAsync(processes, a => a.LoadAsync(new LoadOrder("s", Returns: true), Cancel));
        await EachAsync(processes, a => a.SuggestAsync(new SuggestOrder("s", 1, 0), Cancel));
        await EachAsync(
            processes,
            a => a.StartAsync(new StartOrder("s", 2, [new(0, 1), new(1, 1), new(2, 1)]), Cancel)
        );
        _world.RunFor(TimeSpan.FromSeconds(11));
        await EachAsync(processes, a => a.PollAsync(new PollOrder("s", 5, TimeSpan.Zero), Cancel));
        await EachAsync(processes, a => a.FinishAsync(new FinishOrder("s", 8, StopReason.MaxEvals), Cancel));

        StudyRecord study = await _world.ReadAsync(Cancel);
        Assert.Equal(9, study.Version);
        Assert.Equal(new TrialCounts(Succeeded: 3), study.State.Counts);
        Assert.Equal(StopReason.MaxEvals, study.State.Reason);
    }

    [Fact]
    public async Task A_late_activity_does_nothing_that_the_log_no_longer_calls_for()
    {
        StudyActivities process = _world.Activities();
        await _world.RunAsync(StudyWorld.Study("\"maxEvals\": 2"), Cancel);
        StudyRecord study = await _world.ReadAsync(Cancel);
        int calls = _world.Platform.Calls;

        LogSlice[] late =
        [
            await process.SuggestAsync(new SuggestOrder("s", 0, 1), Cancel),
            await process.StartAsync(new StartOrder("s", 0, [new(1, 1), new(7, 1)]), Cancel),
            await process.StopAsync(new StopOrder("s", 0, [new(1, 1)]), Cancel),
            await process.AppendAsync(new AppendOrder("s", 0, study.CreatedAt), Cancel),
            await process.FinishAsync(new FinishOrder("s", 0, StopReason.Cancelled), Cancel),
        ];

        Assert.All(late, slice => Assert.Equal((study.Version, null), (slice.To, slice.Trouble)));
        Assert.Equal(calls, _world.Platform.Calls);
        Assert.Equal(study.Version, (await _world.ReadAsync(Cancel)).Version);
    }

    [Fact]
    public async Task A_process_that_did_not_stop_a_trial_itself_tells_its_runner_before_it_looks()
    {
        StudyActivities one = _world.Activities();
        StudyActivities other = _world.Activities();
        await _world.AskAsync(StudyWorld.Study("\"maxEvals\": 1", seconds: 1000), Cancel);
        await one.PrepareAsync(new PrepareOrder("s"), Cancel);
        await one.LoadAsync(new LoadOrder("s", Returns: false), Cancel);
        await one.SuggestAsync(new SuggestOrder("s", 1, 0), Cancel);
        await one.StartAsync(new StartOrder("s", 2, [new(0, 1)]), Cancel);
        await _world.SteerAsync(at => new StudyEvent.CancelRequested(at), Cancel);
        await one.StopAsync(new StopOrder("s", 3, [new(0, 1)]), Cancel);
        int stops = _world.Platform.Stops;

        await other.PollAsync(new PollOrder("s", 4, TimeSpan.Zero), Cancel);
        await other.PollAsync(new PollOrder("s", 4, TimeSpan.Zero), Cancel);

        Assert.Equal((1, 2), (stops, _world.Platform.Stops));
        Assert.Equal(new TrialCounts(Cancelled: 1), (await _world.ReadAsync(Cancel)).State.Counts);
    }

    [Theory]
    [InlineData("../s")]
    [InlineData("")]
    [InlineData("nobody")]
    public async Task An_activity_that_is_told_of_no_study_says_so(string study)
    {
        StudyActivities process = _world.Activities();

        Assert.NotNull((await process.SuggestAsync(new SuggestOrder(study, 3, 0), Cancel)).Trouble);
        Assert.NotNull((await process.PollAsync(new PollOrder(study, 3, TimeSpan.Zero), Cancel)).Trouble);
        Assert.Null((await process.LoadAsync(new LoadOrder(study, Returns: true), Cancel)).State);
        Assert.Equal(PrepareOutcome.NotAsked, (await process.PrepareAsync(new PrepareOrder(study), Cancel)).Outcome);
        Assert.Empty(await _world.Store.ListAsync(Cancel));
    }

    private static async Task EachAsync<T>(StudyActivities[] processes, Func<StudyActivities, Task<T>> activity)
        where T : IActivityAnswer
    {
        foreach (StudyActivities process in processes)
        {
            Assert.Null((await activity(process)).Trouble);
        }

        Assert.All(await Task.WhenAll(processes.Select(activity)), answer => Assert.Null(answer.Trouble));
    }
}
