namespace FunctionTune.Numerics;

/// <summary>Rounding to the multiples of a step.</summary>
internal static class Quantization
{
    /// <summary>The multiple of <paramref name="q"/> nearest to <paramref name="value"/>; half-way cases go to the even multiple.</summary>
    /// <param name="value">Range: finite.</param>
    /// <param name="q">Range: above 0, with a finite <paramref name="value"/> / <paramref name="q"/>.</param>
    /// <returns>Never -0.</returns>
    public static double Round(double value, double q) => (Math.Round(value / q, MidpointRounding.ToEven) * q) + 0.0;
}
