using MathNet.Numerics;

namespace FunctionTune.Numerics;

/// <summary>The normal distribution.</summary>
internal static class Gaussian
{
    /// <summary>How many deviations from the mean the distribution function is exactly 0 or 1 in double precision.</summary>
    public const double Reach = 6 * Constants.Sqrt2;

    /// <summary>ln(sqrt(2 pi)).</summary>
    public const double LogSqrtTwoPi = Constants.LogSqrt2Pi;

    /// <summary>The probability that a standard normal variable is below <paramref name="z"/>, in [0, 1].</summary>
    /// <remarks>As hyperopt's <c>normal_cdf</c>: 0.5 (1 + erf(z / sqrt 2)), which loses the lower tail below about 1e-16.</remarks>
    public static double Cdf(double z) =>
        z switch
        {
            >= Reach => 1,
            <= -Reach => 0,
            _ => 0.5 * (1 + SpecialFunctions.Erf(z / Constants.Sqrt2)),
        };
}
