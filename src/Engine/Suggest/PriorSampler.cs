using System.Runtime.InteropServices;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest;

/// <summary>Draws from the prior with hyperopt's rules.</summary>
internal static class PriorSampler
{
    /// <summary>A point of the space: its active parameters are drawn one by one in their order.</summary>
    public static Point Draw(SearchSpace space, Pcg64 random)
    {
        double[] values = new double[space.Parameters.Length];
        foreach (SpaceParameter parameter in space.Parameters)
        {
            values[parameter.Index] = space.IsActive(parameter.Index, values)
                ? Draw(parameter.Prior, random)
                : double.NaN;
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    /// <summary>A raw value of one parameter.</summary>
    public static double Draw(Distribution distribution, Pcg64 random) =>
        NumericPrior.Of(distribution) is { } numeric
            ? Draw(numeric, random)
            : Draw(CategoricalPrior.Of(distribution)!.Value, random);

    /// <summary>A value of a numeric prior.</summary>
    public static double Draw(in NumericPrior prior, Pcg64 random) =>
        prior.IsBounded
            ? PriorQuantile.Of(prior, random.NextDouble())
            : prior.ToValue(prior.Mu + (prior.Sigma * random.NextNormal()));

    /// <summary>A value of a categorical prior.</summary>
    public static double Draw(in CategoricalPrior prior, Pcg64 random) =>
        prior.Probabilities.IsEmpty
            ? prior.Low + (double)random.NextBelow(prior.Count)
            : PriorQuantile.Of(prior, random.NextDouble());
}
