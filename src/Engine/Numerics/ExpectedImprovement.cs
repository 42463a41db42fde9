namespace FunctionTune.Numerics;

/// <summary>
/// The improvement max(0, z + e) that is expected of a standard normal e: h(z) = phi(z) + z Phi(z). For a prediction with
/// mean m and deviation s, the loss is expected to fall below b by s h((b - m) / s).
/// </summary>
/// <remarks>
/// Ament, Daulton, Eriksson, Balandat, Bakshy, "Unexpected improvements to expected improvement for Bayesian optimization",
/// NeurIPS 2023, arXiv:2310.20708: h underflows where its logarithm still shows the way. They join three formulas; here the
/// lower side is phi(z) (1 - |z| M(|z|)) with Mills' ratio M, and <see cref="MillsRatio.Complement"/> has no cancellation.
/// </remarks>
internal static class ExpectedImprovement
{
    /// <summary>ln h(z), to 1e-14 relatively (near its zero at 0.9: 1e-15 absolutely); -infinity below -1.9e154, where it is no double.</summary>
    /// <param name="z">By how many deviations the mean is better. Range: finite.</param>
    public static double Log(double z) =>
        z > 0 ? Math.Log(Gaussian.Pdf(z) + (z * (1 - Gaussian.Tail(z)))) : Gaussian.LogPdf(z) + LogComplement(-z);

    /// <summary>The derivative of <see cref="Log"/>, Phi(z) / h(z), to 1e-14 relatively. It is positive and falls.</summary>
    /// <param name="z">Range: finite.</param>
    public static double LogSlope(double z)
    {
        if (z > 0)
        {
            double below = 1 - Gaussian.Tail(z);
            return below / (Gaussian.Pdf(z) + (z * below));
        }

        if (-z < MillsRatio.Far)
        {
            return MillsRatio.Of(-z) / MillsRatio.Complement(-z);
        }

        // M / (1 - |z| M) with both multiplied by z², which may overflow.
        double correction = MillsRatio.Correction(-z);
        return -z * (1 - (correction / z / z)) / correction;
    }

    private static double LogComplement(double z) =>
        z < MillsRatio.Far
            ? Math.Log(MillsRatio.Complement(z))
            : Math.Log(MillsRatio.Correction(z)) - (2 * Math.Log(z));
}
