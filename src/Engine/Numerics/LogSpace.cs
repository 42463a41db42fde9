using MathNet.Numerics;

namespace FunctionTune.Numerics;

/// <summary>Sums and differences of numbers that are given, and wanted, as logarithms.</summary>
internal static class LogSpace
{
    /// <summary>ln(sum of exp): the log-sum-exp of <paramref name="logs"/>; -infinity when there are none.</summary>
    /// <param name="logs">Logarithms, shape (n). Range: below infinity; -infinity stands for 0.</param>
    public static double Sum(ReadOnlySpan<double> logs)
    {
        double largest = double.NegativeInfinity;
        foreach (double log in logs)
        {
            largest = Math.Max(largest, log);
        }

        if (double.IsInfinity(largest))
        {
            return largest;
        }

        double sum = 0;
        foreach (double log in logs)
        {
            sum += Math.Exp(log - largest);
        }

        return largest + Math.Log(sum);
    }

    /// <summary>ln(exp a + exp b).</summary>
    public static double Sum(double a, double b)
    {
        (double small, double large) = a < b ? (a, b) : (b, a);
        return double.IsInfinity(large) ? large : large + SpecialFunctions.Log1p(Math.Exp(small - large));
    }

    /// <summary>ln(exp a - exp b); -infinity when they are equal.</summary>
    /// <param name="a">Range: at least <paramref name="b"/>, below infinity.</param>
    /// <param name="b">Range: below infinity; -infinity stands for 0.</param>
    public static double Difference(double a, double b) => double.IsNegativeInfinity(b) ? a : a + OneMinusExp(b - a);

    /// <summary>ln(1 - exp x).</summary>
    /// <param name="x">Range: at most 0.</param>
    /// <remarks>Mächler, "Accurately computing log(1 - exp(-|a|))", vignette of the R package Rmpfr, 2012.</remarks>
    public static double OneMinusExp(double x) =>
        x > -Constants.Ln2 ? Math.Log(-ExpMinusOne(x)) : SpecialFunctions.Log1p(-Math.Exp(x));

    /// <summary>exp x - 1, to 3e-16 relatively. MathNet's is off by 1e-7, .NET's subtracts.</summary>
    /// <param name="x">Range: at most 700.</param>
    public static double ExpMinusOne(double x) => 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);
}
