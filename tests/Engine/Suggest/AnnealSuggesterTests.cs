using FunctionTune.Engine.Tests.Numerics;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;
using MathNet.Numerics.Distributions;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class AnnealSuggesterTests : RankSuggesterContract
{
    private const int Draws = 4_000;

    protected override ISuggester Suggester { get; } = new AnnealSuggester(new AnnealOptions());

    [Fact]
    public void A_uniform_parameter_is_drawn_from_an_interval_about_the_base_that_lies_within_the_bounds()
    {
        // Ten trials: the interval is half as wide as the prior.
        double[] inside = Draw(new Distribution.Uniform(0, 8), best: 4.5, trials: 10);
        double[] atBound = Draw(new Distribution.Uniform(0, 8), best: 7.9, trials: 10);

        Laws.AssertFollows(inside, x => (x - 2.5) / 4);
        Laws.AssertFollows(atBound, x => (x - 4) / 4);
    }

    [Fact]
    public void A_logarithmic_parameter_is_narrowed_on_its_logarithm() =>
        Laws.AssertFollows(Draw(new Distribution.LogUniform(0, 4), best: Math.E, trials: 30), x => Math.Log(x) - 0.5);

    [Fact]
    public void A_normal_parameter_keeps_its_law_with_a_smaller_deviation() =>
        Laws.AssertFollows(Draw(new Distribution.Normal(-3, 2), best: 5, trials: 10), x => Normal.CDF(5, 1, x));

    [Fact]
    public void An_option_keeps_what_the_prior_gives_up()
    {
        double[] choice = Draw(new Distribution.Choice(4), best: 2, trials: 10);
        double[] weighted = Draw(new Distribution.PChoice([0.1, 0.6, 0.3]), best: 0, trials: 30);

        Laws.AssertFrequencies(Counts(choice, 4), [0.125, 0.125, 0.625, 0.125]);
        Laws.AssertFrequencies(Counts(weighted, 3), [0.775, 0.15, 0.075]);
    }

    [Fact]
    public void The_rank_of_the_base_follows_a_geometric_law()
    {
        var history = new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Flat(new Distribution.Choice(3)));
        for (int option = 0; option < 3; option++)
        {
            history.Record(Histories.Finite(option, new Point([option]), loss: -option));
        }

        double[] draws = Draw(history, new AnnealOptions(AvgBestIdx: 4, ShrinkCoef: 0));
        double[] near = Draw(history, new AnnealOptions(AvgBestIdx: 4, ShrinkCoef: 1e9));

        Laws.AssertFrequencies(Counts(draws, 3), [1.0 / 3, 1.0 / 3, 1.0 / 3]);
        Laws.AssertFrequencies(Counts(near, 3), [0.5625, 0.1875, 0.25]);
    }

    [Fact]
    public void Parameters_take_their_values_from_the_same_trial()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Flat(
            new Distribution.Uniform(0, 1),
            new Distribution.Uniform(0, 1)
        );
        var history = new TrialHistory(space);
        history.Record(Histories.Finite(0, new Point([0.2, 0.8]), loss: 1));
        history.Record(Histories.Finite(1, new Point([0.8, 0.2]), loss: 1));
        var suggester = new AnnealSuggester(new AnnealOptions(AvgBestIdx: 3, ShrinkCoef: 100));

        Assert.All(
            suggester.Suggest(new SuggestRequest(history, First: 2, Count: 50, Seed: 1)),
            suggestion => Assert.Equal(1, suggestion.Point[0] + suggestion.Point[1], 0.02)
        );
    }

    [Fact]
    public void Without_a_trial_points_come_from_the_prior() =>
        Laws.AssertFollows(
            Draw(
                new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Single(new Distribution.Normal(1, 2))),
                new AnnealOptions()
            ),
            x => Normal.CDF(1, 2, x)
        );

    [Theory]
    [InlineData(0.5, 0.1, "$.avgBestIdx")]
    [InlineData(double.NaN, 0.1, "$.avgBestIdx")]
    [InlineData(2, -1, "$.shrinkCoef")]
    public void Options_out_of_range_are_refused(double avgBestIdx, double shrinkCoef, string path)
    {
        var refused = Assert.Throws<InvalidInputException>(() =>
            new AnnealSuggester(new AnnealOptions(avgBestIdx, shrinkCoef))
        );

        Assert.Equal(path, Assert.Single(refused.Problems).Path);
    }

    /// <summary>Draws with one good trial among others that are as good as infinitely bad.</summary>
    private static double[] Draw(Distribution prior, double best, int trials)
    {
        var history = new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Flat(prior));
        for (int number = 0; number < trials; number++)
        {
            history.Record(
                number == 3
                    ? Histories.Finite(number, new Point([best]), loss: 1)
                    : Histories.Lossless(number, new Point([best]), LossKind.Bad)
            );
        }

        return Draw(history, new AnnealOptions(AvgBestIdx: 1));
    }

    private static double[] Draw(TrialHistory history, AnnealOptions options)
    {
        var suggester = new AnnealSuggester(options);
        return
        [
            .. Enumerable
                .Range(0, Draws)
                .Select(i =>
                    suggester.Suggest(new SuggestRequest(history, First: 100 + i, Count: 1, Seed: 1))[0].Point[0]
                ),
        ];
    }

    private static double[] Counts(double[] draws, int options) =>
        [.. Enumerable.Range(0, options).Select(option => (double)draws.Count(draw => draw == option))];
}
