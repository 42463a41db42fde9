using System.Collections.Immutable;

namespace FunctionTune.Suggest.Cmaes;

/// <summary>The constants of one generation: how much each rank counts, and how fast the distribution follows.</summary>
/// <remarks>Hansen, "The CMA evolution strategy: a tutorial", arXiv:1604.00772, table 1; the names are the tutorial's.</remarks>
internal sealed class CmaWeights
{
    private const double Alpha = 2;

    /// <summary>The constants.</summary>
    /// <param name="dimensions">How many parameters the distribution has. Range: at least 1.</param>
    /// <param name="samples">How many samples are ranked. Range: at least 2.</param>
    public CmaWeights(int dimensions, int samples)
    {
        double n = dimensions;
        double[] raw = [.. Enumerable.Range(1, samples).Select(rank => Math.Log((samples + 1) / 2.0 / rank))];
        double gain = raw.Where(w => w > 0).Sum();
        double loss = -raw.Where(w => w < 0).Sum();
        Mass = gain * gain / raw.Where(w => w > 0).Sum(w => w * w);
        double lossMass = loss * loss / raw.Where(w => w < 0).Sum(w => w * w);

        StepMemory = (Mass + 2) / (n + Mass + 5);
        StepDamping = 1 + (2 * Math.Max(0, Math.Sqrt((Mass - 1) / (n + 1)) - 1)) + StepMemory;
        PathMemory = (4 + (Mass / n)) / (n + 4 + (2 * Mass / n));
        RankOne = Alpha / (((n + 1.3) * (n + 1.3)) + Mass);
        RankMu = Math.Min(
            1 - RankOne,
            Alpha * (0.25 + Mass - 2 + (1 / Mass)) / (((n + 2) * (n + 2)) + (Alpha * Mass / 2))
        );
        double negative = Math.Min(
            Math.Min(1 + (RankOne / RankMu), 1 + (2 * lossMass / (Mass + 2))),
            (1 - RankOne - RankMu) / (n * RankMu)
        );
        Ranks = [.. raw.Select(w => w >= 0 ? w / gain : negative * w / loss)];
        ExpectedLength = Math.Sqrt(n) * (1 - (1 / (4 * n)) + (1 / (21 * n * n)));
    }

    /// <summary>How much each rank counts, the best first, shape (samples): those above 0 sum to 1, the others are below.</summary>
    public ImmutableArray<double> Ranks { get; }

    /// <summary>Variance effective selection mass, mu_eff.</summary>
    public double Mass { get; }

    /// <summary>c_sigma.</summary>
    public double StepMemory { get; }

    /// <summary>d_sigma.</summary>
    public double StepDamping { get; }

    /// <summary>c_c.</summary>
    public double PathMemory { get; }

    /// <summary>c_1.</summary>
    public double RankOne { get; }

    /// <summary>c_mu.</summary>
    public double RankMu { get; }

    /// <summary>The mean length of a standard normal vector.</summary>
    public double ExpectedLength { get; }

    /// <summary>lambda, the usual number of samples in a generation.</summary>
    public static int DefaultSamples(int dimensions) => 4 + (int)Math.Floor(3 * Math.Log(dimensions));
}
