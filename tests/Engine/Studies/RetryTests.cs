using FunctionTune.History;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>Which attempts are made again.</summary>
public sealed class RetryTests
{
    private static readonly StudyLimits s_limits = new() { MaxEvals = 1, MaxAttempts = 2 };
    private static readonly TrialOutcome s_lost = new TrialOutcome.Lost("The machine is gone.");
    private static readonly TrialOutcome s_interrupted = new TrialOutcome.Interrupted();

    [Fact]
    public void A_lost_attempt_is_made_again_as_often_as_the_study_allows()
    {
        StudyScript study = new StudyScript(s_limits).Run(1).Finish(0, s_lost);

        Assert.Equal(["start/0/2"], study.Plan);

        study.Start(0).Finish(0, s_lost);

        Assert.Equal(["end/MaxEvals"], study.Plan);
        Assert.Equal(new TrialCounts(Lost: 1), study.State.Counts);
    }

    [Fact]
    public void An_interrupted_attempt_is_always_made_again_and_is_no_loss()
    {
        StudyScript study = new StudyScript(s_limits).Run(1);
        for (int attempt = 1; attempt <= 10; attempt++)
        {
            study.Finish(0, s_interrupted);
            Assert.Equal([$"start/0/{attempt + 1}"], study.Plan);
            study.Start(0);
        }

        Assert.Equal(0, study.State.Live[0].Losses);
    }

    [Fact]
    public void A_failed_trial_is_not_tried_again()
    {
        StudyScript study = new StudyScript(s_limits).Run(1).Fail(0);

        Assert.Equal(["end/MaxEvals"], study.Plan);
    }

    [Fact]
    public void The_end_of_an_earlier_attempt_is_late()
    {
        StudyScript study = new StudyScript(s_limits).Run(1).Finish(0, s_lost).Start(0);
        StudyState before = study.State;

        study.Then(at => new StudyEvent.Finished(at, 0, 1, new TrialOutcome.Succeeded(-1000)));

        Assert.Same(before, study.State);
    }

    [Fact]
    public void A_trial_that_could_not_be_started_fails_without_having_run()
    {
        StudyScript study = new StudyScript(s_limits).Suggest(1);
        study.Then(at => new StudyEvent.Finished(
            at,
            0,
            1,
            new TrialOutcome.Failed(FailureKind.CouldNotStart, "No such program.")
        ));

        Assert.Equal(new TrialCounts(Failed: 1), study.State.Counts);
        Assert.Equal(["end/MaxEvals"], study.Plan);
    }

    [Fact]
    public void A_success_while_the_study_stops_is_kept()
    {
        StudyScript study = new StudyScript(s_limits)
            .Run(1)
            .Then(at => new StudyEvent.CancelRequested(at))
            .Succeed(0, 3);

        Assert.Equal(new BestTrial(0, 3), study.State.Best);
    }

    [Fact]
    public void An_attempt_interrupted_while_the_study_stops_is_not_made_again()
    {
        StudyScript study = new StudyScript(s_limits)
            .Run(1)
            .Then(at => new StudyEvent.CancelRequested(at))
            .Finish(0, s_interrupted);

        Assert.Equal(["end/Cancelled"], study.Plan);
        Assert.Equal(new TrialCounts(Cancelled: 1), study.End(StopReason.Cancelled).State.Counts);
    }
}
