using FunctionTune.Numerics;
using FunctionTune.Suggest.Gp;

namespace FunctionTune.Engine.Tests.Suggest.Gp;

public sealed class AcquisitionLaws
{
    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(-30)]
    [InlineData(-1000)]
    public void The_gradient_is_the_slope_of_the_value_near_and_far(double best) =>
        Process.Hold(process =>
        {
            var acquisition = new Acquisition(process.Learn(), best, process.Coding.Dimensions);
            double[] x = process.AnyPoint();
            double[] gradient = new double[x.Length];

            double value = acquisition.At(x, gradient);

            Assert.Equal(acquisition.At(x), value);
            Assert.True(double.IsFinite(value));
            process.AssertSlopes(x, gradient, at => acquisition.At(at), "log expected improvement");
        });

    [Fact]
    public void It_is_the_logarithm_of_the_mean_improvement_and_of_the_share_that_is_not_noise()
    {
        Process.Hold(process =>
        {
            Surrogate surrogate = process.Learn();
            double[] x = process.AnyPoint();
            (double mean, double deviation) = surrogate.Predict(x);
            double best = mean + (0.3 * deviation);

            // The mean of the improvement over the middle of 20,000 cells of equal probability.
            const int Cells = 20_000;
            double sum = 0;
            for (int i = 0; i < Cells; i++)
            {
                sum += Math.Max(0, best - (mean + (deviation * Gaussian.Quantile((i + 0.5) / Cells))));
            }

            double acquired = new Acquisition(surrogate, best, process.Coding.Dimensions).At(x);
            double share = 1 - Math.Sqrt(surrogate.Noise / (surrogate.Noise + (deviation * deviation)));
            Assert.Equal(Math.Log(share * sum / Cells), acquired, 1e-3);
        });
    }
}
