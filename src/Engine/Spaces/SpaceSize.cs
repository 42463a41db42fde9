using System.Numerics;

namespace FunctionTune.Spaces;

/// <summary>How many points a space holds.</summary>
public static class SpaceSize
{
    /// <summary>The most cases that are told apart at once; beyond them parameters depend on each other in too many ways.</summary>
    private const int MostCases = 100_000;

    /// <summary>
    /// The exact number of different points that can come out; null when a parameter is continuous or unbounded, or when
    /// parameters that many choices share make the points too many to be counted.
    /// </summary>
    /// <param name="space">The space.</param>
    public static BigInteger? Of(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        if (PointGrid.Of(space) is not { } grid)
        {
            return null;
        }

        BigInteger size = BigInteger.One;
        foreach (List<SpaceParameter> part in Parts(space))
        {
            if (new PartCount(grid, part, MostCases).Count() is not { } count)
            {
                return null;
            }

            size *= count;
        }

        return size;
    }

    /// <summary>The parameters, those that hang together by their conditions in one part: the parts vary freely.</summary>
    private static IEnumerable<List<SpaceParameter>> Parts(SearchSpace space)
    {
        int[] part = [.. Enumerable.Range(0, space.Parameters.Length)];
        foreach (SpaceParameter parameter in space.Parameters)
        {
            foreach (Condition condition in parameter.Conditions)
            {
                (int from, int to) = (part[parameter.Index], part[condition.Parameter]);
                for (int i = 0; i <= parameter.Index; i++)
                {
                    part[i] = part[i] == from ? to : part[i];
                }
            }
        }

        return space.Parameters.GroupBy(parameter => part[parameter.Index]).Select(group => group.ToList());
    }
}
