using System.Runtime.InteropServices;

namespace FunctionTune.Spaces;

/// <summary>
/// The points of a space all of whose parameters are discrete, one after the other: the last active parameter moves first,
/// each from its smallest value, or first option, to its largest.
/// </summary>
internal sealed class PointGrid
{
    private readonly SearchSpace _space;
    private readonly DiscreteValues?[] _values;

    private PointGrid(SearchSpace space, DiscreteValues?[] values)
    {
        _space = space;
        _values = values;
    }

    /// <summary>The first point.</summary>
    public Point First => Completed(new double[_values.Length], from: 0);

    /// <summary>The grid of a space; null when a parameter that can be active is continuous or unbounded.</summary>
    public static PointGrid? Of(SearchSpace space)
    {
        var values = new DiscreteValues?[space.Parameters.Length];
        foreach (SpaceParameter parameter in space.Parameters)
        {
            if (!CanBeActive(parameter, values))
            {
                continue;
            }

            values[parameter.Index] = DiscreteValues.Of(parameter.Prior);
            if (values[parameter.Index] is null)
            {
                return null;
            }
        }

        return new PointGrid(space, values);
    }

    /// <summary>The values of a parameter that can be active.</summary>
    public DiscreteValues ValuesOf(int parameter) => _values[parameter]!.Value;

    /// <summary>The point after another one; null after the last.</summary>
    /// <param name="point">A point of the space.</param>
    public Point? Next(Point point)
    {
        for (int parameter = _values.Length - 1; parameter >= 0; parameter--)
        {
            if (point.IsActive(parameter) && ValuesOf(parameter) is var all)
            {
                long rank = all.RankOf(point[parameter]) + 1;
                if (rank < all.Count)
                {
                    double[] values = [.. point.Values];
                    values[parameter] = all.At(rank);
                    return Completed(values, parameter + 1);
                }
            }
        }

        return null;
    }

    /// <summary>Whether a parameter can be active: an option of probability 0 is never taken.</summary>
    private static bool CanBeActive(SpaceParameter parameter, ReadOnlySpan<DiscreteValues?> before)
    {
        foreach (Condition condition in parameter.Conditions)
        {
            if (
                before[condition.Parameter] is { } options
                && options.At(options.RankOf(condition.Option)) == condition.Option
            )
            {
                return true;
            }
        }

        return parameter.Conditions.IsEmpty;
    }

    /// <summary>The point whose parameters from the given one on have their first values.</summary>
    private Point Completed(double[] values, int from)
    {
        for (int parameter = from; parameter < values.Length; parameter++)
        {
            values[parameter] = _space.IsActive(parameter, values) ? ValuesOf(parameter).At(0) : double.NaN;
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }
}
