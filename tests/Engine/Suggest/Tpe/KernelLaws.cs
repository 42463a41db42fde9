using FunctionTune.Engine.Tests.Numerics;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Tpe;

namespace FunctionTune.Engine.Tests.Suggest.Tpe;

public sealed class KernelLaws
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(27)]
    [InlineData(500)]
    public void Forgetting_weights_rise_to_one_and_stay_there_for_the_last_25(int count)
    {
        double[] weights = new double[count];
        ForgettingWeights.Fill(weights);

        Assert.Equal(weights.Order(), weights);
        Assert.All(weights, weight => Assert.InRange(weight, 1.0 / count, 1));
        Assert.All(weights.TakeLast(25), weight => Assert.Equal(1, weight));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    [InlineData(20_000)]
    public void The_good_trials_are_the_first_of_a_stable_sort(int count)
    {
        var random = Pcg64.ForTrial(8, count);
        double[] losses =
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => random.NextBelow(40) is 0 ? double.PositiveInfinity : random.NextBelow(9)),
        ];
        int[] below = new int[HistorySplit.CountBelow(count, gamma: 0.25)];
        HistorySplit.FindBelow(losses, below);

        Assert.Equal(Enumerable.Range(0, count).OrderBy(i => losses[i]).Take(below.Length).Order(), below);
    }

    [Fact]
    public void No_more_trials_are_good_than_there_are_and_than_25()
    {
        Assert.Equal(3, HistorySplit.CountBelow(3, gamma: 1e300));
        Assert.Equal(25, HistorySplit.CountBelow(1_000_000, gamma: 2));
    }

    [Fact]
    public void The_normal_distribution_function_rises_from_0_to_1()
    {
        double[] values = [.. Enumerable.Range(-100, 201).Select(i => Gaussian.Cdf(i / 10.0))];

        Assert.Equal(values.Order(), values);
        Assert.Equal((0, 0.5, 1), (values[0], values[100], values[^1]));
    }

    [Theory]
    [InlineData(5UL)]
    [InlineData(1000UL)]
    [InlineData(2000UL)]
    public void A_categorical_posterior_sums_to_one_and_its_draws_follow_it(ulong count)
    {
        var prior = new CategoricalPrior(-2, count, []);
        AssertPosterior(prior, [-2, 0, 0, 2, 0, -1], [1, 1, 0.5, 0, 2, 1]);
    }

    [Fact]
    public void A_posterior_over_unequal_options_sums_to_one_and_its_draws_follow_it() =>
        AssertPosterior(new CategoricalPrior(0, 4, [0.1, 0, 0.6, 0.3]), [3, 0, 0], [1, 1, 1]);

    private static void AssertPosterior(CategoricalPrior prior, double[] observations, double[] weights)
    {
        double[] table = new double[CategoricalPosterior.MaxTable];
        var posterior = new CategoricalPosterior(observations, weights, prior, priorWeight: 0.7, table);
        double[] probabilities = new double[(int)prior.Count];
        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = Math.Exp(posterior.LogProbabilityOf(prior.Low + i));
        }

        Assert.Equal(1, probabilities.Sum(), 1e-12);
        var random = Pcg64.ForTrial(3, 3);
        double[] counts = new double[probabilities.Length];
        for (int i = 0; i < 40_000; i++)
        {
            counts[(int)(posterior.Draw(random) - prior.Low)]++;
        }

        Laws.AssertFrequencies(counts, probabilities);
    }
}
