using FunctionTune.Numerics;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>
/// Student's distribution with two degrees of freedom: density (1 + t²/2)^(-3/2) / sqrt 8. Its tails fall like a power, so
/// that a draw now and then goes far and a distant trial keeps some say; its distribution function has an inverse in
/// closed form, so that truncated draws need no rejection; and a product of densities needs one root, whatever the dimension.
/// </summary>
/// <remarks>Shaw, "Sampling Student's T distribution: use of the inverse cumulative distribution function", 2006, section 2.</remarks>
internal static class StudentKernel
{
    /// <summary>ln sqrt 8: what the density at the centre is divided by.</summary>
    public const double LogRootEight = 1.0397207708399179;

    // Draws beyond this part of either tail would be some 1e6 widths away.
    private const double Tail = 1e-12;

    /// <summary>The probability below <paramref name="t"/>.</summary>
    public static double Cdf(double t) => 0.5 + (t / (2 * Math.Sqrt(2 + (t * t))));

    /// <summary>The inverse of <see cref="Cdf"/>.</summary>
    /// <param name="p">Range: above 0, below 1.</param>
    public static double Quantile(double p) => ((2 * p) - 1) / Math.Sqrt(2 * p * (1 - p));

    /// <summary>Log of the part of a kernel that lies on its axis.</summary>
    /// <param name="centre">Its centre. Range: 0 to 1 on a bounded axis.</param>
    /// <param name="width">Its width. Range: above 0.</param>
    /// <param name="isBounded">Whether the axis ends at 0 and 1.</param>
    public static double LogMass(double centre, double width, bool isBounded) =>
        isBounded ? Math.Log(Cdf((1 - centre) / width) - Cdf(-centre / width)) : 0;

    /// <summary>A draw from a kernel, cut off at the ends of its axis.</summary>
    /// <param name="centre">Its centre. Range: 0 to 1 on a bounded axis.</param>
    /// <param name="width">Its width. Range: above 0.</param>
    /// <param name="isBounded">Whether the axis ends at 0 and 1.</param>
    /// <param name="random">Where chance comes from.</param>
    public static double Draw(double centre, double width, bool isBounded, Pcg64 random)
    {
        double low = isBounded ? Cdf(-centre / width) : 0;
        double high = isBounded ? Cdf((1 - centre) / width) : 1;
        double p = Math.Clamp(low + ((high - low) * random.NextDouble()), Tail, 1 - Tail);
        double place = centre + (width * Quantile(p));
        return isBounded ? Math.Clamp(place, 0, 1) : place;
    }
}
