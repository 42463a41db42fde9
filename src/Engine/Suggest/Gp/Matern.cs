using System.Numerics.Tensors;

namespace FunctionTune.Suggest.Gp;

/// <summary>
/// The Matérn kernel of smoothness 5/2, m(t) = (1 + t + t²/3) exp(-t) with t = sqrt(5) distance / length: its functions are
/// twice differentiable.
/// </summary>
/// <remarks>Rasmussen, Williams, "Gaussian processes for machine learning", 2006, equation 4.17.</remarks>
internal static class Matern
{
    /// <summary>sqrt(5): t is this times the distance in lengths.</summary>
    public static readonly double Rate = Math.Sqrt(5);

    /// <summary>Writes exp(-t).</summary>
    public static void Decays(ReadOnlySpan<double> t, Span<double> decays)
    {
        TensorPrimitives.Negate(t, decays);
        TensorPrimitives.Exp(decays, decays);
    }

    /// <summary>m(t), given exp(-t).</summary>
    public static double Value(double t, double decay) => (1 + t + (t * t / 3)) * decay;

    /// <summary>-3 m'(t) / t, given exp(-t): what all of its derivatives are made of.</summary>
    public static double Slope(double t, double decay) => (1 + t) * decay;
}
