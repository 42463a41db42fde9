using MathNet.Numerics;

namespace FunctionTune.Numerics;

/// <summary>
/// Mills' ratio M(z) = (1 - Phi(z)) / phi(z) of the normal distribution: its tail without the factor that underflows.
/// It is sqrt(pi / 2) erfcx(z / sqrt 2).
/// </summary>
/// <remarks>
/// Near 0 by MathNet's erfc, which is good to 4e-16 there but loses digits as z² grows (5e-14 at its end, z = 38); beyond,
/// the rational approximations of erfcx by Cody, "Rational Chebyshev approximations for the error function", Mathematics
/// of Computation 23, 1969.
/// </remarks>
internal static class MillsRatio
{
    /// <summary>From where on the asymptotic approximation is taken: y = 4 in Cody's variable y = z / sqrt 2.</summary>
    public const double Far = 4 * Constants.Sqrt2;

    private const double Near = 0.5 * Constants.Sqrt2;

    // Highest power first.
    private static ReadOnlySpan<double> MiddleNumerator =>
        [
            2.15311535474403846e-8,
            5.64188496988670089e-1,
            8.88314979438837594e0,
            6.61191906371416295e1,
            2.98635138197400131e2,
            8.81952221241769090e2,
            1.71204761263407058e3,
            2.05107837782607147e3,
            1.23033935479799725e3,
        ];

    private static ReadOnlySpan<double> MiddleDenominator =>
        [
            1,
            1.57449261107098347e1,
            1.17693950891312499e2,
            5.37181101862009858e2,
            1.62138957456669019e3,
            3.29079923573345963e3,
            4.36261909014324716e3,
            3.43936767414372164e3,
            1.23033935480374942e3,
        ];

    private static ReadOnlySpan<double> FarNumerator =>
        [
            1.63153871373020978e-2,
            3.05326634961232344e-1,
            3.60344899949804439e-1,
            1.25781726111229246e-1,
            1.60837851487422766e-2,
            6.58749161529837803e-4,
        ];

    private static ReadOnlySpan<double> FarDenominator =>
        [
            1,
            2.56852019228982242e0,
            1.87295284992346047e0,
            5.27905102951428412e-1,
            6.05183413124413191e-2,
            2.33520497626869185e-3,
        ];

    /// <summary>M(z), to 1e-15 relatively.</summary>
    /// <param name="z">Range: at least 0; infinity gives 0.</param>
    public static double Of(double z) =>
        z < Far ? Constants.SqrtPiOver2 * ScaledErfc(z / Constants.Sqrt2) : (1 - (Correction(z) / z / z)) / z;

    /// <summary>1 - z M(z), to 1e-14 relatively. It falls from 1 at 0 like 1 / z².</summary>
    /// <param name="z">Range: at least 0.</param>
    public static double Complement(double z) => z < Far ? 1 - (z * Of(z)) : Correction(z) / z / z;

    /// <summary>z² (1 - z M(z)), which rises from 0.92 to 1.</summary>
    /// <param name="z">Range: at least <see cref="Far"/>.</param>
    public static double Correction(double z)
    {
        double inverseSquare = 2 / z / z;
        return 2 * Constants.SqrtPi * Horner(FarNumerator, inverseSquare) / Horner(FarDenominator, inverseSquare);
    }

    // exp(y²) erfc(y) for y from 0 to 4.
    private static double ScaledErfc(double y) =>
        y < Near
            ? Math.Exp(y * y) * SpecialFunctions.Erfc(y)
            : Horner(MiddleNumerator, y) / Horner(MiddleDenominator, y);

    private static double Horner(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        foreach (double coefficient in coefficients)
        {
            sum = (sum * x) + coefficient;
        }

        return sum;
    }
}
