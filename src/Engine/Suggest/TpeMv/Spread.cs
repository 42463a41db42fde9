using System.Runtime.InteropServices;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>Points for where nothing is known: spread evenly over the prior, the first in its middle.</summary>
internal static class Spread
{
    /// <summary>The point of a trial: the medians for trial 0, then a scrambled Sobol sequence.</summary>
    /// <param name="space">The space.</param>
    /// <param name="seed">The study's seed.</param>
    /// <param name="number">The trial's number.</param>
    public static Point At(SearchSpace space, ulong seed, int number) =>
        At(space, seed, number, Enumerable.Repeat(double.NaN, space.Parameters.Length).ToArray());

    /// <summary>The same within a branch.</summary>
    /// <param name="space">The space.</param>
    /// <param name="seed">The study's seed.</param>
    /// <param name="number">The trial's number.</param>
    /// <param name="given">The options of the branch, which are kept; NaN for all other parameters.</param>
    public static Point At(SearchSpace space, ulong seed, int number, ReadOnlySpan<double> given)
    {
        double[] values = new double[given.Length];
        foreach (SpaceParameter parameter in space.Parameters)
        {
            int i = parameter.Index;
            values[i] =
                !space.IsActive(i, values) ? double.NaN
                : !double.IsNaN(given[i]) ? given[i]
                : PriorQuantile.Of(parameter.Prior, Probability(parameter, seed, number));
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    // Options have no middle: theirs are spread from the start.
    private static double Probability(SpaceParameter parameter, ulong seed, int number) =>
        number == 0 && NumericPrior.Of(parameter.Prior) is not null
            ? 0.5
            : Sobol.Coordinate(seed, number, parameter.Index);
}
