using MathNet.Numerics.Distributions;

namespace FunctionTune.Engine.Tests.Numerics;

/// <summary>Whether draws follow a law. The seeds are fixed, so a test that passes once passes always.</summary>
internal static class Laws
{
    private const double Significance = 1e-3;

    /// <summary>Kolmogorov and Smirnov's test against a continuous distribution function.</summary>
    public static void AssertFollows(double[] draws, Func<double, double> cdf)
    {
        double[] sorted = [.. draws.Order()];
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double p = cdf(sorted[i]);
            distance = Math.Max(distance, Math.Max(((i + 1.0) / sorted.Length) - p, p - ((double)i / sorted.Length)));
        }

        double limit = Math.Sqrt(-Math.Log(Significance / 2) / 2 / sorted.Length);
        Assert.True(distance <= limit, $"The empirical law is {distance} away, more than {limit}.");
    }

    /// <summary>Pearson's chi-square test of counts against probabilities.</summary>
    public static void AssertFrequencies(double[] counts, double[] probabilities)
    {
        double total = counts.Sum();
        double statistic = counts
            .Zip(probabilities, (count, p) => p > 0 ? Math.Pow(count - (total * p), 2) / (total * p) : count)
            .Sum();
        int freedom = probabilities.Count(p => p > 0) - 1;
        double limit = freedom > 0 ? ChiSquared.InvCDF(freedom, 1 - Significance) : 0;
        Assert.True(statistic <= limit, $"Chi-square is {statistic}, more than {limit}.");
    }
}
