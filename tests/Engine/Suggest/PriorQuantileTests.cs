using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class PriorQuantileTests
{
    /// <summary>Every distribution, with its median.</summary>
    public static TheoryData<Distribution, double> Medians =>
        new()
        {
            { new Distribution.Uniform(-2, 6), 2 },
            { new Distribution.QUniform(0.9, 3.9, 2), 2 },
            { new Distribution.UniformInt(0, 4), 2 },
            { new Distribution.LogUniform(Math.Log(1e-4), 0), 1e-2 },
            { new Distribution.QLogUniform(0, Math.Log(10_000), 5), 100 },
            { new Distribution.Normal(3, 0.5), 3 },
            { new Distribution.QNormal(3.2, 2, 0.5), 3 },
            { new Distribution.LogNormal(1, 2), Math.E },
            { new Distribution.QLogNormal(Math.Log(20), 1, 10), 20 },
            { new Distribution.RandInt(-3, 2), -1 },
            { new Distribution.Choice(3), 1 },
            { new Distribution.PChoice([0.1, 0, 0.7, 0.2]), 2 },
        };

    [Theory]
    [MemberData(nameof(Medians))]
    public void A_half_gives_the_median(Distribution distribution, double median) =>
        Assert.Equal(median, PriorQuantile.Of(distribution, 0.5), 1e-12);

    [Theory]
    [MemberData(nameof(Medians))]
    public void Quantiles_rise_and_lie_in_the_support(Distribution distribution, double median)
    {
        double[] probabilities = [1e-300, 1e-16, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, Math.BitDecrement(1.0)];
        double[] values = [.. probabilities.Select(p => PriorQuantile.Of(distribution, p))];

        Assert.All(values, value => Assert.True(Support.Contains(distribution, value), $"{value}"));
        Assert.Equal(values.Order(), values);
        Assert.InRange(median, values[0], values[^1]);
    }

    [Theory]
    [MemberData(nameof(Medians))]
    public void Evenly_spread_probabilities_become_values_as_often_as_they_are_drawn(
        Distribution distribution,
        double median
    )
    {
        const int count = 20_000;
        var random = FunctionTune.Numerics.Pcg64.ForTrial(3, 1);
        int drawn = Enumerable.Range(0, count).Count(_ => PriorSampler.Draw(distribution, random) <= median);
        int spread = Enumerable.Range(0, count).Count(i => PriorQuantile.Of(distribution, (i + 0.5) / count) <= median);

        Assert.InRange(Math.Abs(drawn - spread), 0, 3 * Math.Sqrt(count));
    }

    [Fact]
    public void The_quantiles_of_a_normal_are_the_published_ones()
    {
        var normal = new Distribution.Normal(0, 1);

        Assert.Equal(1.959963984540054, PriorQuantile.Of(normal, 0.975), 1e-14);
        Assert.Equal(-4.753424308822899, PriorQuantile.Of(normal, 1e-6), 1e-12);
    }

    [Fact]
    public void The_most_extreme_lognormal_that_is_allowed_stays_finite_and_above_0()
    {
        var widest = new Distribution.LogNormal(0, 70.8);

        Assert.True(PriorQuantile.Of(widest, double.Epsilon) > 0);
        Assert.True(double.IsFinite(PriorQuantile.Of(widest, Math.BitDecrement(1.0))));
    }

    [Fact]
    public void A_point_has_values_where_its_parameters_are_active()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Everything;

        for (double u = 0.05; u < 1; u += 0.1)
        {
            double[] probabilities = [.. space.Parameters.Select(_ => u)];
            Support.AssertContains(space, PriorQuantile.At(space, probabilities));
        }
    }
}
