using FunctionTune.History;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>Limits that change on the way, and the time limit.</summary>
public sealed class LimitsTests
{
    private static readonly StudyLimits s_limits = new()
    {
        MaxEvals = 100,
        Parallelism = 4,
        Timeout = TimeSpan.FromHours(1),
    };

    [Fact]
    public void One_request_covers_all_free_slots_and_what_may_be_computed_ahead()
    {
        StudyScript slots = new(s_limits);
        StudyScript ahead = new(s_limits with { MaxQueueLen = 9 });

        Assert.Contains(new StudyCommand.Suggest(0, 4), StudyPlan.For(slots.State));
        Assert.Contains(new StudyCommand.Suggest(0, 9), StudyPlan.For(ahead.State));
        Assert.Contains(
            new StudyCommand.Suggest(0, 3),
            StudyPlan.For(new StudyScript(s_limits with { MaxEvals = 3 }).State)
        );
    }

    [Fact]
    public void Lower_parallelism_starts_nothing_until_enough_trials_have_ended()
    {
        StudyScript study = new StudyScript(s_limits).Run(4).Suggest(2).Change(new LimitsChange { Parallelism = 2 });

        Assert.DoesNotContain(
            study.Succeed(0, 1).Succeed(1, 1).Plan,
            key => key.StartsWith("start", StringComparison.Ordinal)
        );
        Assert.Contains("start/4/1", study.Succeed(2, 1).Plan);
    }

    [Fact]
    public void A_lower_number_of_trials_leaves_suggestions_beyond_it_unstarted()
    {
        StudyScript study = new StudyScript(s_limits with { Parallelism = 1, MaxQueueLen = 8, Timeout = null })
            .Suggest(8)
            .Start(0)
            .Change(new LimitsChange { MaxEvals = 2 })
            .Succeed(0, 1);

        Assert.Equal(["start/1/1"], study.Plan);

        study.Start(1).Succeed(1, 1);

        Assert.Equal(["end/MaxEvals"], study.Plan);
        Assert.Equal(new TrialCounts(Succeeded: 2, Cancelled: 6), study.End(StopReason.MaxEvals).State.Counts);
    }

    [Fact]
    public void A_time_limit_that_has_moved_does_not_stop_the_study()
    {
        StudyScript study = new(s_limits);
        DateTimeOffset old = study.State.Deadline!.Value;
        study.Change(new LimitsChange { Timeout = TimeSpan.FromHours(2) });

        Assert.False(study.Then(at => new StudyEvent.TimeLimitReached(at, old)).State.Reason.HasValue);
        Assert.Equal(
            StopReason.Timeout,
            study.Then(at => new StudyEvent.TimeLimitReached(at, study.State.Deadline!.Value)).State.Reason
        );
    }

    [Fact]
    public void The_time_without_a_host_does_not_count()
    {
        StudyScript study = new(s_limits);
        DateTimeOffset before = study.State.Deadline!.Value;
        var returned = new StudyEvent.HostReturned(study.Now + TimeSpan.FromHours(5), study.Now);
        study.Then(_ => returned);

        Assert.Equal(before + TimeSpan.FromHours(5), study.State.Deadline);
        Assert.Equal(before + TimeSpan.FromHours(5), study.Then(_ => returned).State.Deadline);
    }

    [Fact]
    public void The_time_after_the_end_does_not_count_when_the_study_goes_on()
    {
        StudyScript study = new StudyScript(s_limits with { MaxEvals = 1 })
            .Run(1)
            .Succeed(0, 1)
            .End(StopReason.MaxEvals);
        DateTimeOffset ended = study.Events[^1].At;
        DateTimeOffset before = study.State.Deadline!.Value;
        var change = new StudyEvent.LimitsChanged(ended + TimeSpan.FromDays(1), new LimitsChange { MaxEvals = 2 });

        Assert.Equal(before + TimeSpan.FromDays(1), study.Then(_ => change).State.Deadline);
    }

    [Fact]
    public void Counting_starts_anew_with_a_new_rule()
    {
        StudyScript study = new StudyScript(s_limits with { NoProgress = new NoProgress(3) })
            .Run(4)
            .Succeed(0, 1)
            .Succeed(1, 1)
            .Change(new LimitsChange { NoProgress = new NoProgress(2) })
            .Succeed(2, 5);

        Assert.Equal(new ProgressWatch(5, 1), study.State.Progress);
        Assert.Equal(StopReason.EarlyStop, study.Succeed(3, 5).State.Reason);
    }

    [Fact]
    public void A_start_that_was_put_off_is_not_made_when_its_slot_is_gone_meanwhile()
    {
        StudyScript study = new StudyScript(s_limits)
            .Run(4)
            .Finish(0, new TrialOutcome.Deferred("No room.", TimeSpan.FromSeconds(9)));
        Assert.True(StudyPlan.StillStarts(study.State, 0, 2));

        study.Change(new LimitsChange { Parallelism = 2 });
        Assert.False(StudyPlan.StillStarts(study.State, 0, 2));

        study.Succeed(1, 1).Succeed(2, 1);
        Assert.True(StudyPlan.StillStarts(study.State, 0, 2));
    }

    [Fact]
    public void A_change_of_limits_that_comes_twice_counts_once()
    {
        StudyScript study = new StudyScript(s_limits).Change(new LimitsChange { MaxEvals = 7 });
        StudyEvent first = study.Events[^1];
        study.Change(new LimitsChange { MaxEvals = 9 }).Then(_ => first);

        Assert.Equal(9, study.State.Limits.MaxEvals);
    }

    [Fact]
    public void A_pause_that_comes_twice_counts_once()
    {
        StudyScript study = new StudyScript(s_limits).Then(at => new StudyEvent.Paused(at));
        StudyEvent first = study.Events[^1];
        study.Then(at => new StudyEvent.Resumed(at)).Then(_ => first);

        Assert.Equal(StudyStatus.Running, study.State.Status);
    }
}
