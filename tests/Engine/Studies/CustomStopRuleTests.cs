using System.Text.Json;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

/// <summary>A stop rule of the user's own is asked once after each trial that ended by itself, in their order.</summary>
public sealed class CustomStopRuleTests
{
    private static readonly StudyLimits s_limits = new()
    {
        MaxEvals = 100,
        Parallelism = 3,
        CustomStopRule = true,
    };

    [Fact]
    public void Nothing_new_is_started_before_every_verdict_is_in()
    {
        StudyScript study = new StudyScript(s_limits).Run(3).Succeed(2, 1).Fail(0);

        Assert.Equal(["watch/1/1", "stopRule/1"], study.Plan);
        Assert.Equal(["watch/1/1", "stopRule/2"], Answer(study, after: 1).Plan);
        Assert.Equal(["watch/1/1", "suggest/3"], Answer(study, after: 2).Plan);
    }

    [Fact]
    public void The_rule_is_handed_what_it_returned_the_last_time()
    {
        JsonElement seen = JsonSerializer.SerializeToElement(new { best = 1.5 });
        StudyScript study = new StudyScript(s_limits).Run(2).Succeed(0, 1).Succeed(1, 1);

        study.Then(at => new StudyEvent.StopRuleAnswered(at, 1, Stop: false, seen));

        Assert.Contains(new StudyCommand.AskStopRule(2, seen), StudyPlan.For(study.State));
    }

    [Fact]
    public void A_verdict_to_stop_stops_the_trials_under_way()
    {
        StudyScript study = new StudyScript(s_limits).Run(3).Succeed(0, 1);

        study.Then(at => new StudyEvent.StopRuleAnswered(at, 1, Stop: true));

        Assert.Equal(StopReason.EarlyStop, study.State.Reason);
        Assert.Equal(["watch/1/1", "watch/2/1", "stop/1/1", "stop/2/1"], study.Plan);
    }

    [Fact]
    public void A_verdict_that_comes_twice_counts_once()
    {
        StudyScript study = new StudyScript(s_limits).Run(2).Succeed(0, 1);
        StudyState before = Answer(study, after: 1).State;

        study.Then(at => new StudyEvent.StopRuleAnswered(at, 1, Stop: true));

        Assert.Same(before, study.State);
    }

    [Fact]
    public void Cancelled_trials_are_not_asked_about()
    {
        StudyScript study = new StudyScript(s_limits).Run(2).Cancel(0);

        Assert.DoesNotContain(study.Plan, key => key.StartsWith("stopRule", StringComparison.Ordinal));
    }

    private static StudyScript Answer(StudyScript study, int after) =>
        study.Then(at => new StudyEvent.StopRuleAnswered(at, after, Stop: false));
}
