using FunctionTune.Numerics;
using FunctionTune.Suggest.Gp;

namespace FunctionTune.Engine.Tests.Suggest.Gp;

public sealed class LossWarpLaws
{
    public static TheoryData<double> Powers => [.. LossWarp.Powers];

    [Theory]
    [MemberData(nameof(Powers))]
    public void It_rises_goes_back_and_knows_its_slope(double power)
    {
        var warp = new LossWarp(Origin: -2, Unit: 0.3, power);
        double[] losses = [.. Enumerable.Range(0, 200).Select(i => -2 + (i * 0.05))];

        Assert.Equal(0, warp.Of(-2));
        Assert.All(losses.Zip(losses.Skip(1)), pair => Assert.True(warp.Of(pair.First) < warp.Of(pair.Second)));
        Assert.All(
            losses.Skip(1),
            loss =>
            {
                Assert.Equal(loss, warp.Inverse(warp.Of(loss)), 1e-12);
                double slope = (warp.Of(loss + 1e-5) - warp.Of(loss - 1e-5)) / 2e-5;
                Assert.Equal(Math.Log(slope), warp.LogSlope(loss), 1e-6);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Powers))]
    public void What_lies_beyond_every_loss_becomes_the_nearest_possible_one(double power)
    {
        var warp = new LossWarp(Origin: 5, Unit: 2, power);
        Assert.InRange(warp.Inverse(-1e6), power == 1 ? double.NegativeInfinity : 3, 5);
    }

    [Fact]
    public void Standardised_losses_have_mean_0_and_variance_1_and_come_back()
    {
        var random = Pcg64.ForTrial(1, 1);
        double[] losses = [.. Enumerable.Range(0, 50).Select(_ => Math.Exp(2 * random.NextNormal()) / 300)];
        foreach (WarpedLosses warped in WarpedLosses.Candidates(losses))
        {
            Assert.Equal(0, warped.Values.Average(), 1e-12);
            Assert.Equal(1, warped.Values.Average(value => value * value), 1e-12);
            double logSlopes = 0;
            for (int i = 0; i < losses.Length; i++)
            {
                Assert.Equal(warped.Values[i], warped.Of(losses[i]), 1e-12);
                Assert.Equal(losses[i], warped.Inverse(warped.Values[i]), 1e-10);
                logSlopes += Math.Log(warped.SlopeAt(losses[i]));
            }

            Assert.Equal(logSlopes, warped.LogJacobian, 1e-9 * Math.Abs(logSlopes));
        }
    }

    [Fact]
    public void The_first_shape_is_that_of_the_losses()
    {
        WarpedLosses plain = WarpedLosses.Candidates([0.1, 0.2, 0.7])[0];

        Assert.Equal((plain.Of(0.2) - plain.Of(0.1)) * 5, plain.Of(0.7) - plain.Of(0.2), 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0.5, 0.5)]
    [InlineData(0, 0, 0)]
    [InlineData(0.25, 0.25, 1)]
    [InlineData(1, 1 - 1e-16, 1)]
    [InlineData(0, double.Epsilon, 2 * double.Epsilon)]
    [InlineData(-1, 1e-300, 2e-300)]
    [InlineData(1e-300, 2e-300, 1)]
    public void Losses_that_are_equal_nearly_so_or_far_out_give_numbers(double a, double b, double c)
    {
        foreach (WarpedLosses warped in WarpedLosses.Candidates([a, b, c]))
        {
            Assert.All(warped.Values, value => Assert.True(double.IsFinite(value)));
            Assert.True(double.IsFinite(warped.LogJacobian));
            Assert.False(double.IsNaN(warped.SlopeAt(b)));
            Assert.True(double.IsFinite(warped.Inverse(0)));
        }
    }

    [Fact]
    public void An_outlier_does_not_make_all_others_equal()
    {
        // As a training set hands over losses of which one is 1e300: divided by the largest.
        double[] losses = [0, 1e-300, 2e-300, 3e-300, 1];
        WarpedLosses logarithmic = WarpedLosses.Candidates(losses)[1];

        Assert.True(logarithmic.Values[3] - logarithmic.Values[0] > 0.1);
    }
}
