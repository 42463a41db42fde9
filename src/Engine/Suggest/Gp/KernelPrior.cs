namespace FunctionTune.Suggest.Gp;

/// <summary>
/// What is believed of the kernel's parameters before there are data: independent normal logarithms, within bounds. Losses
/// are standardised, so the variances share about 1.5 among them; in the joint part a length grows as the root of the number
/// of coordinates, as distances do (Hvarfner, Hellsten, Nardi, "Vanilla Bayesian optimization performs great in high
/// dimensions", ICML 2024, arXiv:2402.02229); the noise is small unless the data say otherwise.
/// </summary>
internal sealed class KernelPrior
{
    private const double TypicalVariance = 0.5;
    private const double TypicalLength = 0.5;
    private const double TypicalNoise = 1e-3;
    private const double VarianceSpread = 1.5;
    private const double LengthSpread = 1;
    private const double NoiseSpread = 2;
    private const double SmallestLength = 0.02;
    private const double LargestLength = 50;

    private readonly double[] _means;
    private readonly double[] _spreads;

    /// <summary>The prior for so many coordinates.</summary>
    public KernelPrior(int dimensions)
    {
        int length = KernelParameters.Length(dimensions);
        _means = new double[length];
        _spreads = new double[length];
        Low = new double[length];
        High = new double[length];
        Set(0, TypicalVariance, VarianceSpread, 1e-3, 100);
        for (int i = 0; i < dimensions; i++)
        {
            double joint = TypicalLength * Math.Sqrt(dimensions);
            Set(KernelParameters.JointLengthAt(i), joint, LengthSpread, SmallestLength, LargestLength);
            int variance = KernelParameters.OwnVarianceAt(i, dimensions);
            Set(variance, 2 * TypicalVariance / dimensions, VarianceSpread, 1e-4, 100);
            int own = KernelParameters.OwnLengthAt(i, dimensions);
            Set(own, TypicalLength, LengthSpread, SmallestLength, LargestLength);
        }

        Set(length - 1, TypicalNoise, NoiseSpread, 1e-6, 1);
    }

    /// <summary>The smallest logarithms.</summary>
    public double[] Low { get; }

    /// <summary>The largest logarithms.</summary>
    public double[] High { get; }

    /// <summary>The most likely logarithms. A copy.</summary>
    public double[] Mode() => [.. _means];

    /// <summary>Minus the log density, up to a constant; its gradient is added to <paramref name="gradient"/>.</summary>
    public double AddPenalty(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        double penalty = 0;
        for (int i = 0; i < theta.Length; i++)
        {
            double off = (theta[i] - _means[i]) / _spreads[i];
            penalty += 0.5 * off * off;
            gradient[i] += off / _spreads[i];
        }

        return penalty;
    }

    private void Set(int at, double typical, double spread, double smallest, double largest)
    {
        _means[at] = Math.Log(typical);
        _spreads[at] = spread;
        Low[at] = Math.Log(smallest);
        High[at] = Math.Log(largest);
    }
}
