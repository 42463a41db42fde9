using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest.Tpe;

namespace FunctionTune.Golden.Tests.Tpe;

/// <summary>A mixture, and hyperopt's log densities of it, put together from the engine's kernels.</summary>
internal sealed record Fit(double[] Weights, double[] Mus, double[] Sigmas, int Prior)
{
    /// <summary>Fits observations given in rising order.</summary>
    public static Fit Of(double[] sorted, double[] weights, NumericPrior prior, double priorWeight)
    {
        int count = sorted.Length + 1;
        var fit = new Fit(new double[count], new double[count], new double[count], Prior: 0);
        return fit with { Prior = AdaptiveParzen.Fit(sorted, weights, prior, priorWeight, fit.Mixture()) };
    }

    /// <summary>
    /// <c>GMM1_lpdf</c> or <c>LGMM1_lpdf</c> at values. The engine leaves out the constants that cannot change which
    /// candidate wins; here they are added: the probability within the bounds (which hyperopt leaves out as well for a
    /// log-normal without a step), and the Jacobian of exp.
    /// </summary>
    public double[] LogDensities(NumericPrior prior, double[] values)
    {
        var copy = new ParzenMixture([.. Weights], [.. Mus], [.. Sigmas]);
        var density = new MixtureDensity(copy, Prior, new double[MixtureDensity.Memory(copy)]);
        double accepted = Weights
            .Select(
                (w, i) =>
                    w
                    * (Gaussian.Cdf((prior.High - Mus[i]) / Sigmas[i]) - Gaussian.Cdf((prior.Low - Mus[i]) / Sigmas[i]))
            )
            .Sum();
        double[] densities = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (double lower, double upper) = prior.LatentCell(values[i]);
            densities[i] = (prior.Q, prior.IsLog) switch
            {
                (> 0, _) => density.LogBetween(lower, upper) - Math.Log(accepted),
                (_, true) => density.LogAt(Math.Log(values[i])) - Math.Log(values[i]),
                _ => density.LogAt(values[i]) - Math.Log(accepted),
            };
        }

        return densities;
    }

    private ParzenMixture Mixture() => new(Weights, Mus, Sigmas);
}
