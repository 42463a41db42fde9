using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Search;
using FunctionTune.Testing.Suggest;
using static System.FormattableString;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class TpeMvSuggesterTests : SuggesterContract
{
    protected override ISuggester Suggester { get; } = new TpeMvSuggester(new TpeMvOptions());

    [Fact]
    public void Options_out_of_range_are_refused_with_all_their_problems()
    {
        var options = new TpeMvOptions(StartupTrials: -1, Candidates: 0, Gamma: 1.5, PriorWeight: double.NaN);

        var refused = Assert.Throws<InvalidInputException>(() => new TpeMvSuggester(options));

        Assert.Equal(
            ["$.nStartupJobs", "$.nEICandidates", "$.gamma", "$.priorWeight"],
            refused.Problems.Select(problem => problem.Path)
        );
    }

    [Fact]
    public void The_first_point_stands_in_the_middle_of_the_prior()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Flat(
            new Distribution.Uniform(2, 6),
            new Distribution.LogUniform(0, 2),
            new Distribution.Normal(-3, 2)
        );

        Point first = Assert.Single(Suggest(new TrialHistory(space), first: 0, count: 1));

        Assert.Equal(4, first[0], 1e-12);
        Assert.Equal(Math.E, first[1], 1e-12);
        Assert.Equal(-3, first[2], 1e-12);
    }

    [Fact]
    public void Losses_on_another_scale_and_bounds_elsewhere_change_nothing_but_the_unit()
    {
        double[] plain = Play(low: 0, width: 1, loss: x => x);
        double[] moved = Play(low: -8, width: 4, loss: x => (4096 * x) + 1024);

        Assert.Equal(plain, moved.Select(x => (x + 8) / 4), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_point_under_way_is_not_suggested_again()
    {
        var history = new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Flat(new Distribution.Uniform(0, 1)));
        for (int number = 0; number < 30; number++)
        {
            double x = number / 30.0;
            history.Record(Histories.Finite(number, new Point([x]), Math.Abs(x - 0.5)));
        }

        double[] batch = [.. Suggest(history, first: 30, count: 8).Select(point => point[0]).Order()];

        Assert.All(batch.Zip(batch.Skip(1)), pair => Assert.True(pair.Second - pair.First > 1e-4));
    }

    [Fact]
    public void Failed_trials_keep_the_search_away_from_where_they_failed()
    {
        var history = new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Flat(new Distribution.Uniform(0, 1)));
        for (int number = 0; number < 40; number++)
        {
            // The lower the better, but the lower half fails.
            var point = new Point([number / 40.0]);
            history.Record(
                number < 20
                    ? Histories.Lossless(number, point, LossKind.Bad)
                    : Histories.Finite(number, point, point[0])
            );
        }

        int wasted = Enumerable.Range(40, 60).Count(number => Suggest(history, number, count: 1)[0][0] < 0.45);

        Assert.InRange(wasted, 0, 12);
    }

    [Fact]
    public void Reasons_are_finite_name_good_trials_and_change_no_point()
    {
        TrialHistory history = Histories.ByName["many finished"](FunctionTune.Testing.Suggest.Spaces.Everything);
        var request = new SuggestRequest(history, First: 1000, Count: 3, Seed: 4);

        IReadOnlyList<Suggestion> plain = Suggester.Suggest(request);
        IReadOnlyList<Suggestion> explained = Suggester.Suggest(request with { Explain = true });

        Assert.Equal(plain.Select(suggestion => suggestion.Point), explained.Select(suggestion => suggestion.Point));
        Assert.All(plain, suggestion => Assert.Null(suggestion.Why));
        Assert.All(
            explained,
            suggestion =>
            {
                Explanation why = Assert.IsType<Explanation>(suggestion.Why);
                Assert.NotNull(why.Score);
                Assert.All(why.Densities, density => Assert.True(density is { LogGood: not null, LogOther: not null }));
                Assert.Equal(Explanation.MostTrials, why.Trials.Length);
                double worst = why.Trials.Max(number => history.Observations[number].Loss);
                Assert.True(worst < history.Observations.Select(o => o.Loss).Order().ElementAt(200));
            }
        );
    }

    [Theory]
    [InlineData("branin", 0.1)]
    [InlineData("rosenbrock4", 0.05)]
    [InlineData("sphere10", 0.15)]
    [InlineData("condfam", 0.9)]
    [InlineData("cat8", 0.8)]
    public void It_leaves_little_of_the_regret_of_random_search(string objective, double bound)
    {
        Objective wanted = Objectives.All.Single(o => o.Name == objective);

        double ratio = Regret(wanted, Suggester) / Regret(wanted, new RandomSuggester());

        Assert.True(ratio < bound, Invariant($"{objective}: {ratio:F4} of the regret of random search."));
    }

    private static double Regret(Objective objective, ISuggester suggester)
    {
        // Which branch a search of a conditional space ends in is a matter of luck: few seeds tell nothing.
        const int Seeds = 31;
        double[] regrets =
        [
            .. Enumerable
                .Range(1, Seeds)
                .Select(seed => new SearchRun(objective, suggester, (ulong)seed).Play(100)[^1] - objective.Optimum)
                .Order(),
        ];
        return regrets[Seeds / 2];
    }

    // Twenty-five trials of a loss that has its minimum a third of the way, as places.
    private double[] Play(double low, double width, Func<double, double> loss)
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Flat(
            new Distribution.Uniform(low, low + width),
            new Distribution.Choice(3)
        );
        var history = new TrialHistory(space);
        for (int number = 0; number < 25; number++)
        {
            Point point = Suggest(history, number, count: 1)[0];
            double place = (point[0] - low) / width;
            history.Record(Histories.Finite(number, point, loss(Math.Abs(place - 0.3) + point[1])));
        }

        return [.. history.Observations.Select(observation => observation.Point[0])];
    }
}
