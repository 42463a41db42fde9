using System.Text;
using System.Text.Json.Nodes;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Hosting;

public sealed class SuggestStepTests
{
    private static readonly Explanation s_why = new()
    {
        Score = -0.5,
        Deviation = double.NaN,
        Densities = [new LabelDensity("x", 0.25, double.NegativeInfinity)],
        Trials = [4, 2],
    };

    private readonly ScriptedSuggester _suggester = new(
        (number, suggestion) =>
            suggestion with
            {
                Source = number < 3 ? "sobol" : "gp",
                Reason = $"because of {number}",
                Why = s_why,
            }
    );

    [Fact]
    public void A_reason_is_kept_on_the_first_trial_of_each_source()
    {
        StudyRecord study = Study(explain: false);
        SuggestAll(study, 2, 3, 1);

        Assert.Equal(["sobol", "sobol", "sobol", "gp", "gp", "gp"], study.Trials.Select(trial => trial.Source));
        Assert.Equal(
            ["because of 0", null, null, "because of 3", null, null],
            study.Trials.Select(trial => trial.Reason)
        );
    }

    [Fact]
    public void The_first_trial_after_given_points_says_why_too()
    {
        StudyRecord study = Study(explain: false, given: 2);
        SuggestAll(study, 1, 3);

        Assert.Equal([null, null, "because of 2", "because of 3"], study.Trials.Select(trial => trial.Reason));
        Assert.Equal(["given", "given", "sobol", "gp"], study.Trials.Select(trial => trial.Source));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Explanations_are_kept_when_the_study_asks_for_them(bool explain)
    {
        StudyRecord study = Study(explain);
        SuggestAll(study, 2);

        Assert.Equal(explain, _suggester.Asked!.Explain);
        Assert.All(study.Trials, trial => Assert.Equal(explain ? s_why : null, trial.Why));
    }

    [Fact]
    public void What_is_not_finite_is_left_out_of_an_explanation_so_that_it_can_be_written_down()
    {
        StudyEvent.Suggested made = SuggestStep.Answer(new(0, 1), Study(explain: true), _suggester, StudySpecs.Start);
        JsonNode trial = JsonNode.Parse(StudyJson.Write(made))!["trials"]![0]!;

        Assert.Equal(
            """{"score":-0.5,"densities":[{"label":"x","logGood":0.25}],"trials":[4,2]}""",
            trial["why"]!.ToJsonString()
        );
        Assert.Equal(s_why, ((StudyEvent.Suggested)StudyJson.Read(StudyJson.Write(made))).Trials[0].Why);
    }

    [Fact]
    public void Without_reasons_a_line_of_the_log_is_as_it_always_was()
    {
        StudyEvent made = new StudyScript(new StudyLimits()).Suggest(1).Events[1];

        Assert.Equal(
            """{"type":"suggested","at":"2026-01-02T03:04:06+00:00","seen":1,"trials":[{"number":0,"point":{"x":0},"source":"rand"}],"exhausted":false}""",
            Encoding.UTF8.GetString(StudyJson.Write(made))
        );
    }

    [Fact]
    public void The_request_says_what_bounds_the_study_now()
    {
        StudyRecord study = Study(explain: false, maxEvals: 40, parallelism: 3);
        study.Apply(new StudyEvent.LimitsChanged(study.LastEventAt, new LimitsChange { MaxEvals = 60 }));
        study.Apply(new StudyEvent.CapacityMeasured(study.LastEventAt, Slots: 9, "a small cluster", Ceiling: 2));
        SuggestAll(study, 1);

        Assert.Equal(60, _suggester.Asked!.MaxEvals);
        Assert.Equal(2, _suggester.Asked.Parallelism);
    }

    private void SuggestAll(StudyRecord study, params int[] counts)
    {
        foreach (int count in counts)
        {
            study.Apply(SuggestStep.Answer(new(study.State.NextTrial, count), study, _suggester, study.LastEventAt));
        }
    }

    private static StudyRecord Study(bool explain, int given = 0, int maxEvals = 10, int parallelism = 1)
    {
        StudySpec spec = StudySpecs.Of(new StudyLimits { MaxEvals = maxEvals, Parallelism = parallelism }) with
        {
            Explain = explain,
            PointsToEvaluate = [.. Enumerable.Range(0, given).Select(i => new FunctionTune.Spaces.Point([i]))],
        };
        return StudyRecord.From([new StudyEvent.Created(StudySpecs.Start, StudyJson.Format, StudySpecs.Id, spec)]);
    }
}
