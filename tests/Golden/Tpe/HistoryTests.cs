using System.Text.Json;
using FunctionTune.Spaces;

namespace FunctionTune.Golden.Tests.Tpe;

/// <summary>Whole histories: from the trials to the winning candidate of each parameter.</summary>
public sealed class HistoryTests
{
    public static TheoryData<string> Names =>
        [
            .. GoldenData
                .Hyperopt.GetProperty("histories")
                .EnumerateArray()
                .Select(h => h.GetProperty("name").GetString()!),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_trials_used_and_their_split_are_hyperopts(string name)
    {
        var history = RecordedHistory.Of(name);

        Assert.Equal(history.Json.Integers("used_tids"), history.Used);
        Assert.Equal(history.Json.GetProperty("n_below").GetInt32(), history.Below.Length);
        Assert.Equal(history.Json.Integers("below_tids"), history.Below);
        Assert.Equal(history.Json.Integers("above_tids"), history.Used.Except(history.Below));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_observations_of_both_sides_are_hyperopts(string name)
    {
        var history = RecordedHistory.Of(name);
        foreach (RecordedParameter parameter in history.Parameters)
        {
            Assert.Equal(parameter.Json.GetProperty("below").Numbers("obs"), history.Raw(parameter, below: true));
            Assert.Equal(parameter.Json.GetProperty("above").Numbers("obs"), history.Raw(parameter, below: false));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_mixtures_of_both_sides_are_hyperopts(string name)
    {
        var history = RecordedHistory.Of(name);
        foreach (RecordedParameter parameter in history.Parameters.Where(p => p.Numeric is not null))
        {
            foreach (string side in new[] { "below", "above" })
            {
                JsonElement expected = parameter.Json.GetProperty(side);
                Fit fit = history.Fit(parameter, string.Equals(side, "below", StringComparison.Ordinal));

                GoldenData.AssertClose(expected.Numbers("weights"), fit.Weights, $"{parameter.Label} {side} weights");
                GoldenData.AssertClose(expected.Numbers("mus"), fit.Mus, $"{parameter.Label} {side} mus");
                GoldenData.AssertClose(expected.Numbers("sigmas"), fit.Sigmas, $"{parameter.Label} {side} sigmas");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_candidates_log_densities_and_the_best_of_them_are_hyperopts(string name)
    {
        var history = RecordedHistory.Of(name);
        foreach (RecordedParameter parameter in history.Parameters.Where(p => p.Numeric is not null))
        {
            NumericPrior prior = parameter.Numeric!.Value;
            double[] candidates = parameter.Json.Numbers("candidates");
            double[] below = history.Fit(parameter, below: true).LogDensities(prior, candidates);
            double[] above = history.Fit(parameter, below: false).LogDensities(prior, candidates);

            GoldenData.AssertClose(parameter.Json.Numbers("ll_below"), below, $"{parameter.Label} ll_below");
            GoldenData.AssertClose(parameter.Json.Numbers("ll_above"), above, $"{parameter.Label} ll_above");
            double[] scores = [.. below.Zip(above, (b, a) => b - a)];
            Assert.Equal(parameter.Json.GetProperty("best_index").GetInt32(), Array.IndexOf(scores, scores.Max()));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_categorical_posteriors_and_their_ratios_are_hyperopts(string name)
    {
        var history = RecordedHistory.Of(name);
        foreach (RecordedParameter parameter in history.Parameters.Where(p => p.Categorical is not null))
        {
            double[] below = history.LogProbabilities(parameter, below: true);
            double[] above = history.LogProbabilities(parameter, below: false);

            GoldenData.AssertClose(
                parameter.Json.GetProperty("below").Numbers("probs"),
                [.. below.Select(Math.Exp)],
                $"{parameter.Label} below"
            );
            GoldenData.AssertClose(
                parameter.Json.GetProperty("above").Numbers("probs"),
                [.. above.Select(Math.Exp)],
                $"{parameter.Label} above"
            );
            GoldenData.AssertClose(
                parameter.Json.Numbers("log_ratio_by_option"),
                [.. below.Zip(above, (b, a) => b - a)],
                $"{parameter.Label} log ratio"
            );
        }
    }
}
