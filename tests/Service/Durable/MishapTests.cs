using FunctionTune.History;
using FunctionTune.Local;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Durable;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Durable;
using FunctionTune.Testing.Scripted;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>One mishap each: whatever it is, a trial counts once and nothing is left running.</summary>
public sealed class MishapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_worker_that_is_killed_again_and_again()
    {
        DurablePlay play = Play(PlainStudies.Of(200, 16, Seconds(10)));
        await play.BeginAsync();
        for (int i = 0; i < 20; i++)
        {
            await play.GoOnAsync(Seconds(45));
            play.Hub.KillWorker();
        }

        await ToItsEndAsync(play);

        Assert.InRange(play.Hub.Figures.Deaths, 3, 20);
        EachTrialRanOnce(play, 200);
    }

    [Fact]
    public async Task Workers_that_die_after_their_work_and_before_they_tell_of_it()
    {
        DurablePlay play = Play(PlainStudies.Of(100, 8, Seconds(10)), new Mischief(1) { AnswersLost = 0.3 });
        await play.BeginAsync();

        await ToItsEndAsync(play);

        Assert.InRange(play.Hub.Figures.Deaths, 5, 200);
        EachTrialRanOnce(play, 100);
    }

    [Fact]
    public async Task Every_activity_is_carried_out_twice()
    {
        DurablePlay play = Play(PlainStudies.Of(100, 8, Seconds(10)), new Mischief(1) { Doubled = 1 });
        await play.BeginAsync();

        await ToItsEndAsync(play);

        Assert.Equal(play.Hub.Figures.Activities.Values.Sum(), play.Hub.Figures.Doubled);
        EachTrialRanOnce(play, 100);
    }

    [Fact]
    public async Task Every_callback_is_lost()
    {
        DurablePlay play = Play(PlainStudies.Of(9, 3, TimeSpan.FromHours(9)), new Mischief(1) { EventsLost = 1 });
        await play.BeginAsync();
        await play.GoOnAsync(TimeSpan.FromHours(1));
        DateTimeOffset asked = play.Time.GetUtcNow();

        await play.SteerAsync(new StudyEvent.CancelRequested(asked));
        await ToItsEndAsync(play);

        Assert.Equal(StopReason.Cancelled, play.Record.State.Reason);
        Assert.InRange(play.Record.State.EndedAt!.Value - asked, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.Equal(1, play.Hub.Figures.EventsLost);
        Assert.Equal(new TrialCounts(Cancelled: 3), play.Record.State.Counts);
    }

    [Fact]
    public async Task A_result_that_comes_after_its_study_was_to_stop_counts_and_counts_once()
    {
        // Trial 0 does not heed the request to stop, and brings its result ten seconds after the time is over.
        var study = new ScriptedStudy(
            new StudyLimits
            {
                MaxEvals = 10,
                Parallelism = 2,
                Timeout = Seconds(30),
            },
            start => new ScriptedCourse(Seconds(40 + start.Trial), new TrialOutcome.Succeeded(new TrialResult(1)))
            {
                StopTakes = Seconds(start.Trial == 0 ? 60 : 2),
            },
            []
        );
        DurablePlay play = Play(study, new Mischief(1) { Doubled = 1, EventsLost = 1 });
        await play.BeginAsync();

        await ToItsEndAsync(play);

        Assert.Equal(StopReason.Timeout, play.Record.State.Reason);
        Assert.Equal(new TrialCounts(Succeeded: 1, Cancelled: 1), play.Record.State.Counts);
        Assert.InRange(play.Record.State.EndedAt!.Value - study.Created.At, Seconds(40), Seconds(44));
    }

    [Fact]
    public async Task An_instance_that_an_administrator_ends_while_two_janitors_look_at_once()
    {
        DurablePlay play = Play(PlainStudies.Of(100, 8, TimeSpan.FromMinutes(10))).WithJanitors(2);
        await play.BeginAsync();
        await play.GoOnAsync(TimeSpan.FromMinutes(32));

        play.Hub.Terminate("scripted");
        await ToItsEndAsync(play);

        Assert.Equal(StopReason.Cancelled, play.Record.State.Reason);
        Assert.Single(play.Log.OfType<StudyEvent.CancelRequested>());
        TrialCounts counts = play.Record.State.Counts;
        Assert.Equal(new TrialCounts(Succeeded: 24, Cancelled: counts.Cancelled), counts);
        Assert.InRange(counts.Cancelled, 1, 8);
        Assert.Equal(24 + counts.Cancelled, play.Cluster.Runs.Length);
    }

    [Fact]
    public async Task An_instance_that_is_gone_while_two_janitors_look_at_once()
    {
        DurablePlay play = Play(PlainStudies.Of(60, 8, TimeSpan.FromMinutes(10))).WithJanitors(2);
        await play.BeginAsync();
        await play.GoOnAsync(TimeSpan.FromMinutes(32));

        play.Hub.Purge("scripted");
        await ToItsEndAsync(play);

        EachTrialRanOnce(play, 60);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private DurablePlay Play(ScriptedStudy study, Mischief? mischief = null) =>
        new(
            study,
            new MemoryStudyStore(),
            new FolderStagingArea(_folder.Path),
            new HubRules { Json = StudyJson.Options, Mischief = mischief ?? Mischief.None }
        );

    private static async Task ToItsEndAsync(DurablePlay play)
    {
        await play.GoOnAsync(() =>
            play.Record.State.IsOver && play.Hub.StatusOf("scripted") == InstanceStatus.Completed
        );
        PlayedLaws.Hold(play);
    }

    private static void EachTrialRanOnce(DurablePlay play, int trials)
    {
        Assert.Equal(new TrialCounts(Succeeded: trials), play.Record.State.Counts);
        Assert.All(play.Record.Trials, trial => Assert.Equal(1, trial.Attempts));
        Assert.Equal(trials, play.Cluster.Runs.Length);
        Assert.Empty(play.Cluster.UnderWay);
    }
}
