using MathNet.Numerics;

namespace FunctionTune.Numerics;

/// <summary>The normal distribution.</summary>
internal static class Gaussian
{
    /// <summary>How many deviations from the mean the distribution function is exactly 0 or 1 in double precision.</summary>
    public const double Reach = 6 * Constants.Sqrt2;

    /// <summary>ln(sqrt(2 pi)).</summary>
    public const double LogSqrtTwoPi = Constants.LogSqrt2Pi;

    // Below it exp nears the end of its range.
    private const double SmallestLog = -700;

    // From the asymptotic start, each of Newton's steps doubles the digits: 2, 4, 10, all.
    private const int NewtonSteps = 4;

    /// <summary>The probability that a standard normal variable is below <paramref name="z"/>, in [0, 1].</summary>
    /// <remarks>
    /// As hyperopt's <c>normal_cdf</c>, for the sake of its TPE: 0.5 (1 + erf(z / sqrt 2)), which loses the lower tail below
    /// about 1e-16. <see cref="Tail"/> and <see cref="LogCdf"/> lose nothing.
    /// </remarks>
    public static double Cdf(double z) =>
        z switch
        {
            >= Reach => 1,
            <= -Reach => 0,
            _ => 0.5 * (1 + SpecialFunctions.Erf(z / Constants.Sqrt2)),
        };

    /// <summary>The density at <paramref name="z"/>, to 1e-15 relatively where it is a normal number.</summary>
    public static double Pdf(double z)
    {
        // What z² lost by rounding would be multiplied by z² in the exponential.
        double square = z * z;
        return square < 1500
            ? Constants.InvSqrt2Pi * Math.Exp(-0.5 * square) * (1 - (0.5 * Math.FusedMultiplyAdd(z, z, -square)))
            : 0;
    }

    /// <summary>The logarithm of the density; -infinity beyond 1.9e154, where it is no double.</summary>
    public static double LogPdf(double z) => (-0.5 * z * z) - LogSqrtTwoPi;

    /// <summary>The probability that a standard normal variable is above <paramref name="z"/>, to 2e-15 relatively.</summary>
    /// <param name="z">Range: at least 0.</param>
    public static double Tail(double z) => Pdf(z) * MillsRatio.Of(z);

    /// <summary>The logarithm of the distribution function, to 4e-15 relatively in both tails.</summary>
    /// <param name="z">-infinity gives -infinity, infinity 0.</param>
    public static double LogCdf(double z) =>
        z > 0 ? SpecialFunctions.Log1p(-Tail(z)) : LogPdf(z) + Math.Log(MillsRatio.Of(Math.Min(-z, double.MaxValue)));

    /// <summary>The value that a standard normal variable is below with the given probability, to 5e-16 relatively.</summary>
    /// <param name="probability">Range: 0, giving -infinity, to 1, giving infinity.</param>
    public static double Quantile(double probability) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * probability);

    /// <summary>The value whose <see cref="LogCdf"/> is the given one, for probabilities that are too small, or too near 1, for a double.</summary>
    /// <param name="logProbability">Range: at most 0.</param>
    public static double QuantileOfLog(double logProbability)
    {
        if (logProbability > -Constants.Ln2)
        {
            return -Quantile(-LogSpace.ExpMinusOne(logProbability));
        }

        if (logProbability >= SmallestLog || double.IsNegativeInfinity(logProbability))
        {
            return Quantile(Math.Exp(logProbability));
        }

        double z = -Constants.Sqrt2 * Math.Sqrt(-logProbability);
        for (int step = 0; step < NewtonSteps; step++)
        {
            z -= (LogCdf(z) - logProbability) * MillsRatio.Of(-z);
        }

        return z;
    }
}
