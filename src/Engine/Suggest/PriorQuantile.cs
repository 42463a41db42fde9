using System.Runtime.InteropServices;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest;

/// <summary>
/// From a probability to the value below which the prior has that probability: evenly spread probabilities become values
/// spread as the prior says, and 0.5 becomes the median.
/// </summary>
internal static class PriorQuantile
{
    /// <summary>The point whose active parameters stand at the given probabilities; the others are NaN.</summary>
    /// <param name="space">The space.</param>
    /// <param name="probabilities">Shape (parameters), each in (0, 1); those of inactive parameters have no effect.</param>
    public static Point At(SearchSpace space, ReadOnlySpan<double> probabilities)
    {
        double[] values = new double[space.Parameters.Length];
        foreach (SpaceParameter parameter in space.Parameters)
        {
            values[parameter.Index] = space.IsActive(parameter.Index, values)
                ? Of(parameter.Prior, probabilities[parameter.Index])
                : double.NaN;
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    /// <summary>The raw value of any distribution at a probability; it rises with the probability, options by their index.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="probability">Range: above 0, below 1.</param>
    public static double Of(Distribution distribution, double probability) =>
        NumericPrior.Of(distribution) is { } numeric
            ? Of(numeric, probability)
            : Of(CategoricalPrior.Of(distribution)!.Value, probability);

    /// <summary>The value of a numeric prior at a probability.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="probability">Range: below 1, and above 0, or at least 0 for a bounded prior.</param>
    public static double Of(in NumericPrior prior, double probability) => prior.ToValue(Latent(prior, probability));

    /// <summary>Where the value at a probability stands on the latent axis, before it is rounded.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="probability">Range: below 1, and above 0, or at least 0 for a bounded prior.</param>
    public static double Latent(in NumericPrior prior, double probability) =>
        prior.Within(
            prior.IsBounded
                ? prior.Low + (prior.Sigma * probability)
                : prior.Mu + (prior.Sigma * Gaussian.Quantile(probability))
        );

    /// <summary>The value of a categorical prior at a probability: one that is possible.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="probability">Range: at least 0, below 1.</param>
    public static double Of(in CategoricalPrior prior, double probability)
    {
        if (prior.Probabilities.IsEmpty)
        {
            return prior.Low + Math.Min(Math.Floor(probability * prior.Count), prior.Count - 1);
        }

        double rest = probability;
        int last = 0;
        for (int option = 0; option < prior.Probabilities.Length; option++)
        {
            double share = prior.Probabilities[option];
            if (rest < share)
            {
                return option;
            }

            rest -= share;
            last = share > 0 ? option : last;
        }

        // The probabilities may sum to a little less than 1: what is missing goes to the last possible option.
        return last;
    }
}
