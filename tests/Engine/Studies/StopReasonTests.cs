using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>What makes a study stop, whom it stops with it, and whom it waits for.</summary>
public sealed class StopReasonTests
{
    private static readonly StudyLimits s_limits = new() { MaxEvals = 100, Parallelism = 3 };

    private static readonly LimitsChange s_quick = new() { Timeout = TimeSpan.FromSeconds(1) };

    [Fact]
    public void Max_evals_waits_for_the_trials_under_way()
    {
        StudyScript study = new StudyScript(s_limits with { MaxEvals = 3 }).Run(3).Succeed(0, 1).Succeed(1, 2);

        Assert.Equal(["watch/2/1"], study.Plan);

        study.Succeed(2, 3);

        Assert.Equal(["end/MaxEvals"], study.Plan);
        Assert.Equal(StopReason.MaxEvals, study.End(StopReason.MaxEvals).State.Reason);
    }

    [Fact]
    public void The_loss_threshold_waits_for_the_trials_under_way_and_starts_nothing_more()
    {
        StudyScript study = new StudyScript(s_limits with { LossThreshold = 0.5 }).Run(3).Succeed(1, 0.4);

        Assert.Equal(["watch/0/1", "watch/2/1"], study.Plan);

        study.Succeed(0, 0.1).Succeed(2, 9);

        Assert.Equal(["end/LossThreshold"], study.Plan);
        Assert.Equal(new BestTrial(0, 0.1), study.State.Best);
    }

    [Fact]
    public void A_loss_equal_to_the_threshold_does_not_stop_the_study()
    {
        StudyScript study = new StudyScript(s_limits with { LossThreshold = 0.5 }).Run(1).Succeed(0, 0.5);

        Assert.Equal(StudyStatus.Running, study.State.Status);
    }

    [Fact]
    public void A_timeout_stops_the_trials_under_way_and_cancels_those_that_wait()
    {
        StudyScript study = new StudyScript(s_limits with { Timeout = TimeSpan.FromHours(1) }).Suggest(3).Start(0, 1);
        study.Then(at => new StudyEvent.TimeLimitReached(at, study.State.Deadline!.Value));

        Assert.Equal(["watch/0/1", "watch/1/1", "stop/0/1", "stop/1/1"], study.Plan);

        study.Cancel(0).Succeed(1, 5).End(StopReason.Timeout);

        Assert.Equal(new TrialCounts(Succeeded: 1, Cancelled: 2), study.State.Counts);
        Assert.Equal(StopReason.Timeout, study.State.Reason);
    }

    [Fact]
    public void No_progress_stops_the_trials_under_way()
    {
        StudyScript study = new StudyScript(s_limits with { NoProgress = new NoProgress(2) })
            .Run(3)
            .Succeed(0, 1)
            .Succeed(1, 1);

        Assert.Equal(StopReason.EarlyStop, study.State.Reason);
        Assert.Equal(["watch/2/1", "stop/2/1"], study.Plan);
    }

    [Fact]
    public void Failures_do_not_count_as_trials_without_progress()
    {
        StudyScript study = new StudyScript(s_limits with { NoProgress = new NoProgress(2) })
            .Run(3)
            .Succeed(0, 1)
            .Fail(1)
            .Fail(2);

        Assert.Equal(StudyStatus.Running, study.State.Status);
    }

    [Fact]
    public void Identical_failures_without_a_success_stop_the_study()
    {
        StudyScript study = new StudyScript(s_limits with { MaxIdenticalFailures = 2 })
            .Run(3)
            .Fail(0, "File 17 is missing.")
            .Fail(2, "File 4 is missing.");

        Assert.Equal(StopReason.IdenticalFailures, study.State.Reason);
        Assert.Equal(["watch/1/1", "stop/1/1"], study.Plan);
    }

    [Fact]
    public void Failures_of_different_causes_or_after_a_success_do_not_stop_the_study()
    {
        StudyLimits limits = s_limits with { MaxIdenticalFailures = 2 };

        StudyScript different = new StudyScript(limits)
            .Run(3)
            .Fail(0, "No memory.")
            .Fail(1, "No disk.")
            .Fail(2, "No memory.");
        StudyScript after = new StudyScript(limits).Run(3).Succeed(0, 1).Fail(1).Fail(2);

        Assert.Equal(StudyStatus.Running, different.State.Status);
        Assert.Equal(StudyStatus.Running, after.State.Status);
    }

    [Fact]
    public void A_cancelled_study_stops_its_trials_even_when_it_was_waiting_for_them()
    {
        StudyScript study = new StudyScript(s_limits with { LossThreshold = 0 })
            .Run(2)
            .Succeed(0, -1)
            .Then(at => new StudyEvent.CancelRequested(at));

        Assert.Equal(StopReason.Cancelled, study.State.Reason);
        Assert.Equal(["watch/1/1", "stop/1/1"], study.Plan);
    }

    [Fact]
    public void The_first_reason_that_stops_trials_stands()
    {
        StudyScript study = new StudyScript(s_limits with { Timeout = TimeSpan.FromHours(1) })
            .Run(1)
            .Then(at => new StudyEvent.CancelRequested(at));
        study.Then(at => new StudyEvent.TimeLimitReached(at, study.State.Deadline!.Value));

        Assert.Equal(StopReason.Cancelled, study.State.Reason);
    }

    [Fact]
    public void A_space_without_further_points_ends_the_study_when_its_trials_have_ended()
    {
        StudyScript study = new StudyScript(s_limits).Suggest(2, exhausted: true).Start(0, 1).Succeed(0, 1);

        Assert.Equal(["watch/1/1"], study.Plan);
        Assert.Equal(["end/SpaceExhausted"], study.Succeed(1, 2).Plan);
    }

    [Fact]
    public void An_end_that_nothing_calls_for_is_refused()
    {
        StudyScript running = new StudyScript(s_limits).Run(1).End(StopReason.MaxEvals);
        StudyScript wrong = new StudyScript(s_limits)
            .Then(at => new StudyEvent.CancelRequested(at))
            .End(StopReason.Timeout);

        Assert.False(running.State.IsOver);
        Assert.False(wrong.State.IsOver);
    }

    [Fact]
    public void A_paused_study_watches_its_trials_and_starts_none()
    {
        StudyScript study = new StudyScript(s_limits).Suggest(2).Start(0).Then(at => new StudyEvent.Paused(at));

        Assert.Equal(["watch/0/1"], study.Plan);
        Assert.Empty(study.Succeed(0, 1).Plan);
        Assert.Equal(["start/1/1", "suggest/2"], study.Then(at => new StudyEvent.Resumed(at)).Plan);
    }

    [Fact]
    public void Each_reason_is_lifted_by_a_change_of_its_own_limit()
    {
        StudyLimits limits = s_limits with
        {
            MaxEvals = 2,
            Parallelism = 2,
            LossThreshold = -100,
            NoProgress = new NoProgress(5),
            MaxIdenticalFailures = 2,
            Timeout = TimeSpan.FromHours(1),
        };
        StudyScript evals = new StudyScript(limits).Run(2).Succeed(0, 1).Succeed(1, 1).End(StopReason.MaxEvals);
        StudyScript threshold = new StudyScript(limits).Run(1).Succeed(0, -101).End(StopReason.LossThreshold);
        StudyScript progress = new StudyScript(limits with { NoProgress = new NoProgress(2) })
            .Run(2)
            .Succeed(0, 1)
            .Succeed(1, 1)
            .End(StopReason.EarlyStop);
        StudyScript failures = new StudyScript(limits).Run(2).Fail(0).Fail(1).End(StopReason.IdenticalFailures);
        StudyScript time = new StudyScript(limits);
        time.Then(at => new StudyEvent.TimeLimitReached(at, time.State.Deadline!.Value)).End(StopReason.Timeout);

        AssertLifted(evals, new LimitsChange { MaxEvals = 3 });
        AssertLifted(threshold, new LimitsChange { LossThreshold = -200 });
        AssertLifted(progress, new LimitsChange { NoProgress = new NoProgress(9) });
        AssertLifted(failures, new LimitsChange { MaxIdenticalFailures = 9 });
        AssertLifted(time, s_quick);
    }

    [Fact]
    public void A_cancelled_study_stays_cancelled()
    {
        StudyScript study = new StudyScript(s_limits)
            .Then(at => new StudyEvent.CancelRequested(at))
            .End(StopReason.Cancelled)
            .Change(s_quick)
            .Change(new LimitsChange { MaxEvals = 1000 });

        Assert.True(study.State.IsOver);
    }

    private static void AssertLifted(StudyScript study, LimitsChange change)
    {
        Assert.True(study.State.IsOver);
        Assert.True(study.Change(new LimitsChange { Parallelism = 2 }).State.IsOver);
        Assert.Equal(StudyStatus.Running, study.Change(change).State.Status);
        Assert.Null(study.State.Reason);
    }
}
