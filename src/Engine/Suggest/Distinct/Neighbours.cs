using System.Runtime.InteropServices;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Distinct;

/// <summary>Finds a free point that differs from another one in one parameter.</summary>
internal static class Neighbours
{
    /// <summary>How far a parameter moves, in values; what is farther away is no neighbour.</summary>
    private const int Farthest = 8;

    /// <summary>The nearest free one: one value away before two; null when there is none.</summary>
    /// <param name="space">The space.</param>
    /// <param name="grid">Its points.</param>
    /// <param name="centre">The point.</param>
    /// <param name="taken">The points that are not free.</param>
    /// <param name="random">Settles which parameter moves first, and what a newly taken option brings.</param>
    public static Point? Fresh(SearchSpace space, PointGrid grid, Point centre, TakenPoints taken, Pcg64 random)
    {
        int[] active = [.. Enumerable.Range(0, centre.Values.Length).Where(centre.IsActive)];
        int first = active.Length > 0 ? (int)random.NextBelow((ulong)active.Length) : 0;
        for (int distance = 1; distance <= Farthest; distance++)
        {
            for (int i = 0; i < active.Length; i++)
            {
                int parameter = active[(first + i) % active.Length];
                DiscreteValues values = grid.ValuesOf(parameter);
                long rank = values.RankOf(centre[parameter]);
                foreach (long other in (ReadOnlySpan<long>)[rank - distance, rank + distance])
                {
                    if (other >= 0 && other < values.Count)
                    {
                        Point near = Moved(space, centre, parameter, values.At(other), random);
                        if (!taken.Contains(near))
                        {
                            return near;
                        }
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The point with another value of a parameter; what that makes active is drawn from its prior.</summary>
    private static Point Moved(SearchSpace space, Point centre, int parameter, double value, Pcg64 random)
    {
        double[] values = [.. centre.Values];
        values[parameter] = value;
        for (int later = parameter + 1; later < values.Length; later++)
        {
            bool isActive = space.IsActive(later, values);
            values[later] =
                !isActive ? double.NaN
                : double.IsNaN(values[later]) ? PriorSampler.Draw(space.Parameters[later].Prior, random)
                : values[later];
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }
}
