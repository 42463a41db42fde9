using FsCheck;
using FsCheck.Fluent;
using FunctionTune.Numerics;

namespace FunctionTune.Engine.Tests.Numerics;

public sealed class TruncatedGaussianLaws
{
    [Fact]
    public void Whatever_the_numbers_quantiles_lie_within_the_bounds_and_nothing_is_NaN() =>
        AnyDouble.Hold(
            from mean in AnyDouble.Finite
            from sigma in AnyDouble.Finite.Select(x => Math.Max(double.Epsilon, Math.Abs(x)))
            from a in AnyDouble.Finite
            from b in AnyDouble.Finite
            from p in AnyDouble.Probability
            select new Case(mean, sigma, Math.Min(a, b), Math.Max(a, b), p),
            story =>
            {
                TruncatedGaussian gaussian = story.Distribution;
                double x = gaussian.Quantile(story.P);

                Assert.InRange(x, story.Low, story.High);
                Assert.False(double.IsNaN(gaussian.LogMass));
                Assert.All(
                    [x, story.Low, story.High, story.Mean],
                    place => Assert.False(double.IsNaN(gaussian.LogDensity(place)))
                );
            }
        );

    [Fact]
    public void Between_the_lower_bound_and_the_quantile_lies_the_probability() =>
        AnyDouble.Hold(
            Usual,
            story =>
            {
                TruncatedGaussian whole = story.Distribution;
                double x = whole.Quantile(story.P);
                var below = new TruncatedGaussian(story.Mean, story.Sigma, story.Low, x);

                // The quantile is rounded, and the mass far in a tail is a logarithm with few digits behind the point.
                double spacing = (Math.BitIncrement(Math.Abs(x)) - Math.Abs(x)) * Math.Exp(whole.LogDensity(x));
                double rounding = 1e-15 * Math.Abs(whole.LogMass);
                double actual = x > story.Low ? Math.Exp(below.LogMass - whole.LogMass) : 0;
                Assert.Equal(story.P, actual, 1e-13 + rounding + (2 * spacing));
            }
        );

    [Fact]
    public void Turned_about_zero_the_quantile_turns_too() =>
        AnyDouble.Hold(
            Usual,
            story =>
            {
                double x = story.Distribution.Quantile(story.P);
                TruncatedGaussian turned = new(-story.Mean, story.Sigma, -story.High, -story.Low);
                double grain = 1e-15 * (Math.Abs(x) + story.Sigma);

                Assert.Equal(-x, turned.Quantile(1 - story.P), grain);
            }
        );

    [Fact]
    public void Scaled_by_a_power_of_two_everything_scales_exactly() =>
        AnyDouble.Hold(
            Usual,
            story =>
            {
                TruncatedGaussian gaussian = story.Distribution;
                TruncatedGaussian scaled = new(story.Mean * 8, story.Sigma * 8, story.Low * 8, story.High * 8);
                double x = gaussian.Quantile(story.P);

                Assert.Equal(8 * x, scaled.Quantile(story.P));
                Assert.Equal(
                    gaussian.LogDensity(x),
                    scaled.LogDensity(8 * x) + Math.Log(8),
                    1e-13 * Math.Max(10, Math.Abs(gaussian.LogDensity(x)))
                );
            }
        );

    [Fact]
    public void Quantiles_rise_with_the_probability() =>
        AnyDouble.Hold(
            from story in Usual
            from other in AnyDouble.Probability
            select (story, other),
            pair =>
            {
                double low = pair.story.Distribution.Quantile(Math.Min(pair.story.P, pair.other));
                double high = pair.story.Distribution.Quantile(Math.Max(pair.story.P, pair.other));
                Assert.True(low <= high + (1e-15 * (Math.Abs(high) + pair.story.Sigma)), $"{pair}: {low:R}, {high:R}");
            }
        );

    [Theory]
    [InlineData(0, 1, -1, 2)]
    [InlineData(0, 1, 7, 8)]
    [InlineData(0, 1, -1e5 - 1, -1e5)]
    [InlineData(3, 0.1, 3.01, 3.02)]
    [InlineData(0, 1, double.NegativeInfinity, -5)]
    [InlineData(0, 1, 0.5, double.PositiveInfinity)]
    [InlineData(0, 1, double.NegativeInfinity, double.PositiveInfinity)]
    public void Draws_follow_the_distribution(double mean, double sigma, double low, double high)
    {
        var gaussian = new TruncatedGaussian(mean, sigma, low, high);
        var random = Pcg64.ForTrial(5, 5);
        double[] draws = [.. Enumerable.Range(0, 5000).Select(_ => gaussian.Draw(random))];

        // The mass from a draw to the nearer bound keeps its digits however far out the bounds are.
        Laws.AssertFollows(
            draws,
            x =>
                low + high > 2 * mean
                    ? Math.Exp(Share(gaussian, new(mean, sigma, low, x)))
                    : 1 - Math.Exp(Share(gaussian, new(mean, sigma, x, high)))
        );
    }

    private static Gen<Case> Usual { get; } =
        from mean in AnyDouble.Spread(-3, 3)
        from sigma in AnyDouble.Spread(-3, 3).Select(Math.Abs)
        from centre in Gen.OneOf(AnyDouble.Between(-6, 6), AnyDouble.Spread(-4, 6))
        from width in AnyDouble.Spread(-6, 2).Select(Math.Abs)
        from p in AnyDouble.Probability
        let low = mean + (sigma * (centre - (width / 2)))
        let high = mean + (sigma * (centre + (width / 2)))
        where low < high
        select new Case(mean, sigma, low, high, p);

    // At the bounds both begin with the same density, which cancels.
    private static double Share(TruncatedGaussian whole, TruncatedGaussian part) => part.LogMass - whole.LogMass;

    private sealed record Case(double Mean, double Sigma, double Low, double High, double P)
    {
        public TruncatedGaussian Distribution => new(Mean, Sigma, Low, High);
    }
}
