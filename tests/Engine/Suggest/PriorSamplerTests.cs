using FunctionTune.Engine.Tests.Numerics;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;
using MathNet.Numerics.Distributions;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class PriorSamplerTests
{
    private const int Count = 20_000;

    [Fact]
    public void Uniform_is_uniform() => Laws.AssertFollows(Draw(new Distribution.Uniform(-2, 6)), x => (x + 2) / 8);

    [Fact]
    public void The_logarithm_of_loguniform_is_uniform() =>
        Laws.AssertFollows(Draw(new Distribution.LogUniform(-5, 3)), x => (Math.Log(x) + 5) / 8);

    [Fact]
    public void Normal_is_normal() =>
        Laws.AssertFollows(Draw(new Distribution.Normal(3, 0.5)), x => Normal.CDF(3, 0.5, x));

    [Fact]
    public void The_logarithm_of_lognormal_is_normal() =>
        Laws.AssertFollows(Draw(new Distribution.LogNormal(1, 2)), x => Normal.CDF(1, 2, Math.Log(x)));

    [Fact]
    public void The_end_values_of_uniformint_have_half_the_mass_of_the_inner_ones() =>
        AssertMasses(new Distribution.UniformInt(0, 4), [0, 1, 2, 3, 4], [0.125, 0.25, 0.25, 0.25, 0.125]);

    [Fact]
    public void Quniform_gives_multiples_of_the_step_even_outside_the_bounds() =>
        AssertMasses(new Distribution.QUniform(0.9, 3.9, 2), [0, 2, 4], [0.1 / 3, 2.0 / 3, 0.9 / 3]);

    [Fact]
    public void Qloguniform_may_be_zero() =>
        AssertMasses(
            new Distribution.QLogUniform(Math.Log(0.5), Math.Log(8), 2),
            [0, 2, 4, 6, 8],
            [.. Shares([0.5, 1, 3, 5, 7, 8], x => Math.Log(x / 0.5) / Math.Log(16))]
        );

    [Fact]
    public void Qnormal_has_the_mass_of_half_a_step_to_either_side() =>
        AssertMasses(
            new Distribution.QNormal(0.3, 1, 1),
            [-3, -2, -1, 0, 1, 2, 3, 4],
            [.. Shares([-99, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 99], x => Normal.CDF(0.3, 1, x))]
        );

    [Fact]
    public void Qlognormal_has_the_mass_of_half_a_step_to_either_side() =>
        AssertMasses(
            new Distribution.QLogNormal(0, 0.5, 1),
            [0, 1, 2, 3, 4, 5, 6, 7, 8],
            [.. Shares([1e-99, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5], x => Normal.CDF(0, 0.5, Math.Log(x)))]
        );

    [Fact]
    public void Randint_leaves_out_its_upper_bound() =>
        AssertMasses(new Distribution.RandInt(-1, 3), [-1, 0, 1, 2], [0.25, 0.25, 0.25, 0.25]);

    [Fact]
    public void Choice_is_indifferent() =>
        AssertMasses(new Distribution.Choice(3), [0, 1, 2], [1.0 / 3, 1.0 / 3, 1.0 / 3]);

    [Fact]
    public void Pchoice_keeps_its_probabilities() =>
        AssertMasses(new Distribution.PChoice([0.1, 0, 0.7, 0.2]), [0, 1, 2, 3], [0.1, 0, 0.7, 0.2]);

    [Fact]
    public void Rounding_prefers_the_even_multiple_and_knows_no_negative_zero()
    {
        Assert.Equal([0.0, 2, 2, -2, 4], new[] { 0.5, 1.5, 2.5, -1.5, 3.5 }.Select(x => Quantization.Round(x, 1)));
        Assert.False(double.IsNegative(Quantization.Round(-0.2, 1)));
    }

    private static void AssertMasses(Distribution distribution, double[] values, double[] masses)
    {
        double[] draws = Draw(distribution);
        Assert.All(draws, draw => Assert.Contains(draw, values));
        Laws.AssertFrequencies([.. values.Select(value => (double)draws.Count(draw => draw == value))], masses);
    }

    private static IEnumerable<double> Shares(double[] edges, Func<double, double> cdf) =>
        edges.Zip(edges.Skip(1), (low, high) => cdf(high) - cdf(low));

    private static double[] Draw(Distribution distribution)
    {
        var random = Pcg64.ForTrial(9, 4);
        double[] draws = [.. Enumerable.Range(0, Count).Select(_ => PriorSampler.Draw(distribution, random))];
        Assert.All(draws, draw => Assert.True(Support.Contains(distribution, draw)));
        return draws;
    }
}
