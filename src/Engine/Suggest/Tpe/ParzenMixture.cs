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
}
