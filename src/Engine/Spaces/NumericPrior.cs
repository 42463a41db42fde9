using FunctionTune.Numerics;

namespace FunctionTune.Spaces;

/// <summary>
/// The ten numeric distributions in one form: a uniform or Gaussian variable on a latent axis, then perhaps exp, then
/// perhaps rounding to a step. On the latent axis a uniform variable is bounded and a Gaussian one is not.
/// </summary>
/// <param name="Mu">Centre on the latent axis: the mean, or the middle of the bounds.</param>
/// <param name="Sigma">Width on the latent axis: the deviation, or the distance of the bounds.</param>
/// <param name="Low">Lower bound on the latent axis; minus infinity for a Gaussian.</param>
/// <param name="High">Upper bound on the latent axis, exclusive; infinity for a Gaussian.</param>
/// <param name="Q">Step of the values; 0 when they are not rounded.</param>
/// <param name="IsLog">Whether the latent axis is the logarithm of the value.</param>
internal readonly record struct NumericPrior(double Mu, double Sigma, double Low, double High, double Q, bool IsLog)
{
    // Values rounded down to 0 have no logarithm: hyperopt takes that of its EPS.
    private const double Tiny = 1e-12;

    private const double FarthestSigma = 10;

    /// <summary>Whether the latent axis has bounds.</summary>
    public bool IsBounded => double.IsFinite(High);

    /// <summary>The prior of a numeric distribution; null for randint, choice and pchoice.</summary>
    public static NumericPrior? Of(Distribution distribution) =>
        distribution switch
        {
            Distribution.Uniform d => Bounded(d.Low, d.High, q: 0, isLog: false),
            Distribution.QUniform d => Bounded(d.Low, d.High, d.Q, isLog: false),
            Distribution.UniformInt d => Bounded(d.Low, d.High, q: 1, isLog: false),
            Distribution.LogUniform d => Bounded(d.Low, d.High, q: 0, isLog: true),
            Distribution.QLogUniform d => Bounded(d.Low, d.High, d.Q, isLog: true),
            Distribution.Normal d => Gaussian(d.Mu, d.Sigma, q: 0, isLog: false),
            Distribution.QNormal d => Gaussian(d.Mu, d.Sigma, d.Q, isLog: false),
            Distribution.LogNormal d => Gaussian(d.Mu, d.Sigma, q: 0, isLog: true),
            Distribution.QLogNormal d => Gaussian(d.Mu, d.Sigma, d.Q, isLog: true),
            _ => null,
        };

    /// <summary>
    /// The nearest place on the latent axis that is within the bounds, or within ten deviations of the mean: farther out a
    /// draw is not seen in practice, and exp might overflow.
    /// </summary>
    public double Within(double latent) =>
        IsBounded
            ? Math.Max(Low, Math.Min(latent, Math.BitDecrement(High)))
            : Math.Clamp(latent, Mu - (FarthestSigma * Sigma), Mu + (FarthestSigma * Sigma));

    /// <summary>The value that stands at <paramref name="latent"/>; it may be rounded past a bound, as in hyperopt.</summary>
    public double ToValue(double latent)
    {
        double value = IsLog ? Math.Exp(latent) : latent;
        return Q > 0 ? Quantization.Round(value, Q) : value;
    }

    /// <summary>Where a value stands on the latent axis; a value rounded down to 0 stands at the lower bound, or at log 1e-12.</summary>
    public double ToLatent(double value)
    {
        if (!IsLog)
        {
            return value;
        }

        return Math.Log(Q > 0 ? Math.Max(value, Math.Max(Tiny, Math.Exp(Low))) : value);
    }

    /// <summary>The part of the latent axis, within the bounds, whose points are rounded to <paramref name="value"/>.</summary>
    /// <param name="value">A multiple of the step.</param>
    public (double Lower, double Upper) LatentCell(double value)
    {
        double lower = value - (Q / 2);
        double upper = value + (Q / 2);
        return IsLog
            ? (Math.Max(Low, Math.Log(Math.Max(lower, Tiny))), Math.Min(High, Math.Log(Math.Max(upper, Tiny))))
            : (Math.Max(Low, lower), Math.Min(High, upper));
    }

    private static NumericPrior Bounded(double low, double high, double q, bool isLog) =>
        new(0.5 * (high + low), high - low, low, high, q, isLog);

    private static NumericPrior Gaussian(double mu, double sigma, double q, bool isLog) =>
        new(mu, sigma, double.NegativeInfinity, double.PositiveInfinity, q, isLog);
}
