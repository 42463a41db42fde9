using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest.TpeMv;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest.TpeMv;

public sealed class KernelModelLaws
{
    private const int Steps = 4000;

    [Fact]
    public void Both_densities_of_a_number_between_bounds_integrate_to_one()
    {
        TrialHistory history = History(FunctionTune.Testing.Suggest.Spaces.Flat(new Distribution.Uniform(-1, 3)));

        AssertUnity(history, from: 0, to: 1);
    }

    [Fact]
    public void Both_densities_of_an_unbounded_number_integrate_to_one()
    {
        TrialHistory history = History(FunctionTune.Testing.Suggest.Spaces.Flat(new Distribution.LogNormal(2, 0.5)));

        // What is missing is the tails beyond.
        AssertUnity(history, from: -100, to: 100, 2e-3);
    }

    [Fact]
    public void Both_densities_of_numbers_and_options_integrate_to_one()
    {
        TrialHistory history = History(
            FunctionTune.Testing.Suggest.Spaces.Flat(
                new Distribution.Uniform(0, 1),
                new Distribution.PChoice([0.2, 0.5, 0.3]),
                new Distribution.Choice(2)
            )
        );

        AssertUnity(history, from: 0, to: 1);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.4)]
    [InlineData(0.99)]
    public void A_trial_without_a_parameter_says_nothing_about_it(double place)
    {
        const int Trials = 8;
        SearchSpace space = Hp.Choice("kind", Hp.Uniform("a", 0, 1), "none");
        var history = new TrialHistory(space);
        for (int number = 0; number < Trials; number++)
        {
            history.Record(Histories.Finite(number, new Point([1, double.NaN]), number));
        }

        TrialSplit split = TrialSplit.Of(history.Index, history.Index.Losses, [], [], 0.5)!;
        using var model = new KernelModel(space, [1], history.Index, split, priorWeight: 1);
        double[] shares = [.. Enumerable.Repeat(1.0, Trials)];

        (double good, double other) = model.LogDensities([place], shares, logOptions: 0);

        Assert.Equal(0, good, 1e-12);
        Assert.Equal(0, other, 1e-12);
    }

    [Fact]
    public void Of_equal_losses_the_earlier_trial_is_better_and_losses_that_are_all_equal_tell_nothing()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Flat(new Distribution.Uniform(0, 1));
        double[] losses = [5, 3, double.PositiveInfinity, 3, 3];
        TrialHistory history = Histories.Random(space, losses.Length, (n, p) => Histories.Finite(n, p, n));

        Assert.Equal([1, 3, 4, 0, 2], TrialSplit.Of(history.Index, losses, [], [], 0.15)!.Rows);
        Assert.Null(TrialSplit.Of(history.Index, [2, 2, 2, 2, double.PositiveInfinity], [], [], 0.15));
    }

    private static TrialHistory History(SearchSpace space) => Histories.Random(space, 30, Histories.Finite);

    private static void AssertUnity(TrialHistory history, double from, double to, double tolerance = 1e-4)
    {
        SearchSpace space = history.Space;
        int[] parameters = [.. Enumerable.Range(0, space.Parameters.Length)];
        TrialSplit split = TrialSplit.Of(history.Index, history.Index.Losses, [], [], 0.15)!;
        using var model = new KernelModel(space, parameters, history.Index, split, priorWeight: 1);
        double step = (to - from) / Steps;
        double goods = 0;
        double others = 0;
        double[] shares = new double[model.Rows];
        foreach (double[] options in Combinations(space))
        {
            double logOptions = CandidateSearch.Shares(model, options, shares);
            for (int i = 0; i < Steps; i++)
            {
                (double good, double other) = model.LogDensities([from + ((i + 0.5) * step)], shares, logOptions);
                goods += step * Math.Exp(good);
                others += step * Math.Exp(other);
            }
        }

        Assert.Equal(1, goods, tolerance);
        Assert.Equal(1, others, tolerance);
    }

    private static IEnumerable<double[]> Combinations(SearchSpace space) =>
        space
            .Parameters.Select(parameter => CategoricalPrior.Of(parameter.Prior))
            .OfType<CategoricalPrior>()
            .Aggregate(
                (IEnumerable<double[]>)
                    [
                        [],
                    ],
                (known, prior) =>
                    known.SelectMany(one =>
                        Enumerable.Range(0, (int)prior.Count).Select(option => (double[])[.. one, option])
                    )
            );
}
