using System.Numerics.Tensors;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Tpe;

/// <summary>The density estimate of TPE: a Gaussian about each observation, as wide as the gaps to its neighbours.</summary>
/// <remarks>
/// Bergstra, Bardenet, Bengio, Kégl, "Algorithms for hyper-parameter optimization", NIPS 2011, section 4, with the
/// constants of hyperopt's <c>adaptive_parzen_normal</c>.
/// </remarks>
internal static class AdaptiveParzen
{
    /// <summary>Fits the mixture.</summary>
    /// <param name="observations">Values on the latent axis, rising. Shape (n).</param>
    /// <param name="weights">The weight of each. Shape (n), each above 0.</param>
    /// <param name="prior">The prior, which is one more component.</param>
    /// <param name="priorWeight">Its weight, where a fresh observation weighs 1. Range: above 0.</param>
    /// <param name="mixture">Where the mixture is written. Shape (n + 1).</param>
    /// <returns>Which component is the prior.</returns>
    public static int Fit(
        ReadOnlySpan<double> observations,
        ReadOnlySpan<double> weights,
        in NumericPrior prior,
        double priorWeight,
        in ParzenMixture mixture
    )
    {
        int place = PlaceOfPrior(observations, prior.Mu);
        Insert(observations, place, prior.Mu, mixture.Mus);
        Insert(weights, place, priorWeight, mixture.Weights);
        if (observations.Length == 1)
        {
            mixture.Sigmas.Fill(prior.Sigma / 2);
        }
        else if (observations.Length > 1)
        {
            WriteGaps(mixture.Mus, Narrowest(prior, mixture.Mus.Length), prior.Sigma, mixture.Sigmas);
        }

        mixture.Sigmas[place] = prior.Sigma;
        Normalize(mixture.Weights);
        return place;
    }

    // The smallest deviation that a mixture of so many components may have.
    private static double Narrowest(in NumericPrior prior, int components) =>
        prior.Sigma / Math.Min(100.0, 1.0 + components);

    private static int PlaceOfPrior(ReadOnlySpan<double> observations, double mu)
    {
        // Hyperopt puts the prior before the observations that equal its mean, unless there is only one observation.
        if (observations.Length == 1)
        {
            return mu < observations[0] ? 0 : 1;
        }

        int place = observations.BinarySearch(mu);
        place = place < 0 ? ~place : place;
        while (place > 0 && observations[place - 1] == mu)
        {
            place--;
        }

        return place;
    }

    private static void Insert(ReadOnlySpan<double> values, int place, double value, Span<double> into)
    {
        values[..place].CopyTo(into);
        into[place] = value;
        values[place..].CopyTo(into[(place + 1)..]);
    }

    private static void WriteGaps(ReadOnlySpan<double> mus, double narrowest, double widest, Span<double> sigmas)
    {
        double left = 0;
        for (int i = 0; i < mus.Length; i++)
        {
            double right = i < mus.Length - 1 ? mus[i + 1] - mus[i] : 0;
            double gap = left > right ? left : right;
            gap = gap > narrowest ? gap : narrowest;
            sigmas[i] = gap < widest ? gap : widest;
            left = right;
        }
    }

    private static void Normalize(Span<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        TensorPrimitives.Divide(weights, sum, weights);
    }
}
