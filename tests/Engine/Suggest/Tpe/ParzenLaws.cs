using FunctionTune.Engine.Tests.Numerics;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Tpe;

namespace FunctionTune.Engine.Tests.Suggest.Tpe;

public sealed class ParzenLaws
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Weights_sum_to_one_and_deviations_keep_between_the_narrowest_and_the_priors() =>
        Story.Hold(story =>
        {
            (double[] weights, double[] mus, double[] sigmas, int place) = story.Fit();

            Assert.Equal(1, weights.Sum(), Tolerance);
            Assert.All(weights, weight => Assert.True(weight > 0));
            Assert.Equal(mus.Order(), mus);
            Assert.Equal(story.Prior.Mu, mus[place]);
            Assert.Equal(story.Prior.Sigma, sigmas[place]);
            double narrowest = story.Prior.Sigma / Math.Min(100.0, 1.0 + mus.Length);
            Assert.All(sigmas, sigma => Assert.InRange(sigma, narrowest, story.Prior.Sigma));
        });

    [Fact]
    public void Leaving_out_far_components_changes_no_density() =>
        Story.Hold(story =>
        {
            (double[] weights, double[] mus, double[] sigmas, int place) = story.Fit();
            MixtureDensity density = Density(story);
            foreach (double x in Places(story))
            {
                double expected = NaiveLog(weights, mus, sigmas, x);
                double allowed = Tolerance * Math.Max(1, Math.Abs(expected));

                Assert.Equal(expected, density.LogAt(x), allowed);
                Assert.True(density.AtMostLogAt(x) <= expected + allowed);
            }
        });

    [Fact]
    public void Leaving_out_far_components_and_merging_equal_ones_changes_no_mass() =>
        Story.Hold(story =>
        {
            (double[] weights, double[] mus, double[] sigmas, _) = story.Fit();
            MixtureDensity density = Density(story, merge: true);
            foreach (double x in Places(story))
            {
                double upper = x + (story.Prior.Sigma / 20);
                double expected = weights
                    .Select(
                        (w, i) =>
                            w * (Gaussian.Cdf((upper - mus[i]) / sigmas[i]) - Gaussian.Cdf((x - mus[i]) / sigmas[i]))
                    )
                    .Sum();

                Assert.Equal(expected, Math.Exp(density.LogBetween(x, upper)), 1e-15);
            }
        });

    [Fact]
    public void Densities_integrate_to_the_mass_and_the_whole_mass_is_one() =>
        Story.Hold(story =>
        {
            MixtureDensity density = Density(story);
            Assert.Equal(0, density.LogBetween(double.NegativeInfinity, double.PositiveInfinity), Tolerance);
            if (story.Prior.Mu > 1e5)
            {
                return;
            }

            // Simpson's rule over a tenth of the prior's width.
            const int Intervals = 400;
            double from = story.Prior.Mu;
            double step = story.Prior.Sigma / 10 / Intervals;
            double integral = 0;
            for (int i = 0; i <= Intervals; i++)
            {
                int factor = i is 0 or Intervals ? 1 : 2 + (2 * (i % 2));
                integral += factor * Math.Exp(density.LogAt(from + (i * step))) * step / 3;
            }

            double mass = Math.Exp(density.LogBetween(from, from + (Intervals * step)));
            Assert.Equal(mass, integral, 1e-6 * mass);
        });

    [Fact]
    public void Draws_lie_within_the_bounds_and_follow_the_truncated_mixture()
    {
        var story = new Story(new Distribution.Uniform(0, 1), [0.001, 0.02, 0.5, 0.51, 0.93, 0.999], PriorWeight: 1);
        (double[] weights, double[] mus, double[] sigmas, _) = story.Fit();
        double[] draws = new double[20_000];
        TruncatedMixture.Draw(new ParzenMixture(weights, mus, sigmas), story.Prior, Pcg64.ForTrial(4, 4), draws);

        double Cdf(double x) => weights.Select((w, i) => w * Gaussian.Cdf((x - mus[i]) / sigmas[i])).Sum();
        Assert.All(draws, draw => Assert.InRange(draw, 0, Math.BitDecrement(1.0)));
        Laws.AssertFollows(draws, x => (Cdf(x) - Cdf(0)) / (Cdf(1) - Cdf(0)));
    }

    [Fact]
    public void A_value_far_from_everything_still_has_a_finite_log_density()
    {
        var story = new Story(new Distribution.Normal(0, 1), [0.1, 0.2, 0.3], PriorWeight: 1);
        (double[] weights, double[] mus, double[] sigmas, _) = story.Fit();

        double expected = NaiveLog(weights, mus, sigmas, 1000);
        Assert.Equal(expected, Density(story).LogAt(1000), Tolerance * Math.Abs(expected));
    }

    private static MixtureDensity Density(Story story, bool merge = false)
    {
        (double[] weights, double[] mus, double[] sigmas, int place) = story.Fit();
        var mixture = new ParzenMixture(weights, mus, sigmas);
        mixture = merge ? mixture.MergeEqual(ref place) : mixture;
        return new MixtureDensity(mixture, place, new double[MixtureDensity.Memory(mixture)]);
    }

    // Over the prior and somewhat beyond, and at the observations.
    private static IEnumerable<double> Places(Story story) =>
        Enumerable
            .Range(-10, 21)
            .Select(i => story.Prior.Mu + (story.Prior.Sigma * i / 7.3))
            .Concat(story.Sorted.Where((_, i) => i % 10 == 0));

    private static double NaiveLog(double[] weights, double[] mus, double[] sigmas, double x)
    {
        double[] logs =
        [
            .. weights.Select(
                (w, i) =>
                    Math.Log(w / (sigmas[i] * Math.Sqrt(2 * Math.PI))) - (0.5 * Math.Pow((x - mus[i]) / sigmas[i], 2))
            ),
        ];
        double largest = logs.Max();
        return largest + Math.Log(logs.Sum(log => Math.Exp(log - largest)));
    }
}
