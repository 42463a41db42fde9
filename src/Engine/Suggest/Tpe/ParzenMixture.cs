namespace FunctionTune.Suggest.Tpe;

/// <summary>A mixture of Gaussians over a parameter's latent axis: one about each observation, and the prior.</summary>
/// <param name="weights">Weights, shape (k), summing to 1.</param>
/// <param name="mus">Means, shape (k), rising.</param>
/// <param name="sigmas">Deviations, shape (k), all above 0.</param>
internal readonly ref struct ParzenMixture(Span<double> weights, Span<double> mus, Span<double> sigmas)
{
    /// <summary>Weights, shape (k), summing to 1.</summary>
    public Span<double> Weights { get; } = weights;

    /// <summary>Means, shape (k), rising.</summary>
    public Span<double> Mus { get; } = mus;

    /// <summary>Deviations, shape (k), all above 0.</summary>
    public Span<double> Sigmas { get; } = sigmas;

    /// <summary>
    /// The same mixture with neighbours of equal mean and deviation made one, as the values of a step are many times over.
    /// It lies in the same memory.
    /// </summary>
    /// <param name="prior">Which component is the prior, before and after.</param>
    public ParzenMixture MergeEqual(scoped ref int prior)
    {
        int last = 0;
        int movedPrior = 0;
        for (int i = 1; i < Mus.Length; i++)
        {
            if (Mus[i] == Mus[last] && Sigmas[i] == Sigmas[last])
            {
                Weights[last] += Weights[i];
            }
            else
            {
                last++;
                (Weights[last], Mus[last], Sigmas[last]) = (Weights[i], Mus[i], Sigmas[i]);
            }

            movedPrior = i == prior ? last : movedPrior;
        }

        prior = movedPrior;
        return new ParzenMixture(Weights[..(last + 1)], Mus[..(last + 1)], Sigmas[..(last + 1)]);
    }
}
