using FunctionTune.Numerics;

namespace FunctionTune.Suggest.Gp;

/// <summary>
/// How much a trial at a point is expected to improve on the best loss expected so far: the logarithm of the augmented
/// expected improvement. The augmentation is a factor that tells how much of what the trial will show is not noise: without
/// it the point that looks best would be tried again and again. Not thread-safe.
/// </summary>
/// <remarks>
/// Huang, Allen, Notz, Zeng, "Global optimization of stochastic black-box systems via sequential kriging meta-models", Journal
/// of Global Optimization 34, 2006, equation 12, without its risk aversion. The logarithm: Ament, Daulton, Eriksson, Balandat, Bakshy, "Unexpected improvements to expected improvement for Bayesian optimization",
/// NeurIPS 2023, arXiv:2310.20708: unlike the improvement itself its logarithm has a slope everywhere.
/// </remarks>
/// <param name="surrogate">What is known.</param>
/// <param name="best">The best expected loss, standardised.</param>
/// <param name="dimensions">How many coordinates there are.</param>
internal sealed class Acquisition(Surrogate surrogate, double best, int dimensions)
{
    private readonly double[] _dMean = new double[dimensions];
    private readonly double[] _dDeviation = new double[dimensions];

    /// <summary>The log expected improvement at a point.</summary>
    public double At(ReadOnlySpan<double> x)
    {
        (double mean, double deviation) = surrogate.Predict(x);
        return Math.Log(deviation) + ExpectedImprovement.Log((best - mean) / deviation) + LogNews(deviation);
    }

    /// <summary>The same, with its gradient over the coordinates of active numbers.</summary>
    /// <param name="x">Coordinates, shape (d).</param>
    /// <param name="gradient">Receives the gradient, shape (d).</param>
    public double At(ReadOnlySpan<double> x, Span<double> gradient)
    {
        (double mean, double deviation) = surrogate.Predict(x, _dMean, _dDeviation);
        double z = (best - mean) / deviation;
        double slope = ExpectedImprovement.LogSlope(z);
        double spread = Math.Sqrt((deviation * deviation) + surrogate.Noise);
        double newsSlope = Math.Sqrt(surrogate.Noise) * (spread + Math.Sqrt(surrogate.Noise)) / (spread * spread);
        for (int k = 0; k < gradient.Length; k++)
        {
            gradient[k] = ((-slope * _dMean[k]) + ((1 - (z * slope) + newsSlope) * _dDeviation[k])) / deviation;
        }

        return Math.Log(deviation) + ExpectedImprovement.Log(z) + LogNews(deviation);
    }

    // The logarithm of 1 - noise / sqrt(deviation² + noise²), without cancellation.
    private double LogNews(double deviation)
    {
        double spread = Math.Sqrt((deviation * deviation) + surrogate.Noise);
        return (2 * Math.Log(deviation)) - Math.Log(spread * (spread + Math.Sqrt(surrogate.Noise)));
    }
}
