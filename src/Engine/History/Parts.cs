namespace FunctionTune.History;

/// <summary>Mean and variance of the losses of a trial's parts, without overflow (Welford's method).</summary>
internal static class Parts
{
    /// <summary>The mean; NaN when a part is NaN, infinite when one is infinite. Shape (n). Range: n at least 1.</summary>
    public static double Mean(double[] losses)
    {
        double mean = losses.Any(double.IsNaN) ? double.NaN : Array.Find(losses, double.IsInfinity);
        for (int n = 0; n < losses.Length && double.IsFinite(mean); n++)
        {
            mean += (losses[n] / (n + 1)) - (mean / (n + 1));
        }

        return mean;
    }

    /// <summary>The variance with the divisor n - 1. Shape (n). Range: n at least 2.</summary>
    public static double Variance(double[] losses)
    {
        double mean = Mean(losses);
        return losses.Sum(loss => (loss - mean) * (loss - mean)) / (losses.Length - 1);
    }
}
