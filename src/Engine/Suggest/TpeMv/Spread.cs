using System.Runtime.InteropServices;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>Points for a branch of which nothing is known yet: spread evenly over its prior.</summary>
internal static class Spread
{
    /// <summary>The point of the trial called <paramref name="number"/>, a scrambled Sobol sequence with some values given.</summary>
    /// <param name="space">The space.</param>
    /// <param name="seed">The study's seed.</param>
    /// <param name="number">Range: at least 0.</param>
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
                : PriorQuantile.Of(parameter.Prior, Sobol.Coordinate(seed, number, i));
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }
}
