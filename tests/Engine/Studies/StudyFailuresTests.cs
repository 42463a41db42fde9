using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Engine.Tests.Studies;

public sealed class StudyFailuresTests
{
    private readonly SampleStudy _study = new(Hp.Dict(("x", Hp.Uniform("x", 0, 1))));

    [Fact]
    public void A_study_without_failures_has_no_summary()
    {
        _study.Succeed(1, ("x", 0.5));

        Assert.Null(StudyFailures.Summary(_study.Record));
    }

    [Fact]
    public void One_cause_is_told_once_whatever_numbers_stand_in_it()
    {
        for (int i = 0; i < 12; i++)
        {
            _study.Fail($"no module named numpy (pid {i})", ("x", 0.5));
        }

        Assert.Equal(
            "12 of 12 trials failed, all with: no module named numpy (pid 0)",
            StudyFailures.Summary(_study.Record)
        );
    }

    [Fact]
    public void Of_several_causes_the_three_most_frequent_are_told()
    {
        foreach (string cause in (string[])["a", "b", "b", "c", "c", "c", "d"])
        {
            _study.Fail(cause, ("x", 0.5));
        }

        Assert.Equal(
            "7 of 7 trials failed, 3 with: c; 2 with: b; 1 with: a; and 1 further cause",
            StudyFailures.Summary(_study.Record)
        );
    }
}
