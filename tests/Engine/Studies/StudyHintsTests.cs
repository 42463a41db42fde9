using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

public sealed class StudyHintsTests
{
    [Fact]
    public void A_parameter_whose_best_values_sit_at_a_bound_is_named()
    {
        var study = new SampleStudy(Hp.Dict(("x", Hp.Uniform("x", 0, 10)), ("y", Hp.Uniform("y", 0, 10))));
        for (int i = 0; i < 30; i++)
        {
            study.Succeed(i, ("x", i < 3 ? 9.9 : 5), ("y", i % 10));
        }

        StudyHint hint = Assert.Single(StudyHints.For(study.Record));
        Assert.Equal((StudyHintKind.AtBound, "x"), (hint.Kind, hint.Parameter));
        Assert.Contains("upper bound 10", hint.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Logarithmic_parameters_are_measured_by_their_logarithm()
    {
        // 0.001 to 1000: a best value of 0.5 is 0.05 % of the way up, but far from the bound by logarithm.
        var study = new SampleStudy(Hp.Dict(("x", Hp.LogUniform("x", Math.Log(1e-3), Math.Log(1e3)))));
        for (int i = 0; i < 30; i++)
        {
            study.Succeed(i, ("x", 0.5));
        }

        Assert.Empty(StudyHints.For(study.Record));
        for (int i = 1; i <= 5; i++)
        {
            study.Succeed(-i, ("x", 1.1e-3));
        }

        Assert.Contains(
            "lower bound 0.001",
            Assert.Single(StudyHints.For(study.Record)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Few_trials_say_nothing_about_bounds()
    {
        var study = new SampleStudy(Hp.Dict(("x", Hp.Uniform("x", 0, 10))));
        for (int i = 0; i < 9; i++)
        {
            study.Succeed(i, ("x", 0));
        }

        Assert.Empty(StudyHints.For(study.Record));
    }

    [Theory]
    [InlineData(20, 8, "tpe", true)]
    [InlineData(40, 8, "tpe", false)]
    [InlineData(20, 8, "rand", false)]
    [InlineData(3, 1, "tpe", false)]
    public void Too_many_trials_at_once_are_pointed_out_to_an_algorithm_that_learns(
        int maxEvals,
        int parallelism,
        string algo,
        bool expected
    )
    {
        var limits = new StudyLimits { MaxEvals = maxEvals, Parallelism = parallelism };
        var study = new SampleStudy(Hp.Dict(("x", Hp.Uniform("x", 0, 10))), limits, algo);

        Assert.Equal(expected, StudyHints.For(study.Record).Any(hint => hint.Kind == StudyHintKind.LittleFeedback));
    }

    [Fact]
    public void Many_failures_are_named_with_their_cause()
    {
        var study = new SampleStudy(Hp.Dict(("x", Hp.Uniform("x", 0, 10))));
        for (int i = 0; i < 3; i++)
        {
            study.Succeed(i, ("x", 5));
            study.Fail($"singular matrix at row {i}", ("x", 5));
        }

        StudyHint hint = Assert.Single(StudyHints.For(study.Record));
        Assert.Equal(StudyHintKind.ManyFailures, hint.Kind);
        Assert.Contains("3 of 6 trials failed, all with: singular matrix", hint.Text, StringComparison.Ordinal);
    }
}
