using System.Collections.Immutable;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Grid;

/// <summary>The values that a grid has for one parameter, in rising order.</summary>
internal sealed class GridAxis
{
    /// <summary>A value written by hand and one multiplied by a step may differ in the last digits.</summary>
    private const double Slack = 1e-9;

    private readonly DiscreteValues? _all;
    private readonly ImmutableArray<double> _some = [];

    private GridAxis(DiscreteValues all) => (_all, Count) = (all, all.Count);

    private GridAxis(ImmutableArray<double> some) => (_some, Count) = (some, some.Length);

    /// <summary>How many values there are. Range: at least 1.</summary>
    public long Count { get; }

    /// <summary>The values of a parameter; null when they are not a bounded number and no steps are given.</summary>
    /// <param name="distribution">The parameter's prior.</param>
    /// <param name="steps">How many values to take of a parameter that has no bounded number of them.</param>
    public static GridAxis? Of(Distribution distribution, int? steps)
    {
        if (DiscreteValues.Of(distribution) is { } all)
        {
            return new GridAxis(all);
        }

        return steps is { } count ? new GridAxis(Spread(distribution, count)) : null;
    }

    /// <summary>One of the values.</summary>
    /// <param name="index">Range: 0 to <see cref="Count"/> - 1.</param>
    public double ValueAt(long index) => _all?.At(index) ?? _some[(int)index];

    /// <summary>The index of a value; null when it is not one of the axis.</summary>
    public long? IndexOf(double value)
    {
        int place = _some.BinarySearch(value);
        long index = _all?.RankOf(value) ?? Math.Max(place, 0);
        double nearest = ValueAt(index);
        return Math.Abs(nearest - value) <= Slack * Math.Max(Math.Abs(nearest), Math.Abs(value)) ? index : null;
    }

    /// <summary>Evenly spread quantiles, those that are rounded to the same value once.</summary>
    private static ImmutableArray<double> Spread(Distribution distribution, int count)
    {
        var values = new SortedSet<double>();
        for (int i = 0; i < count; i++)
        {
            values.Add(PriorQuantile.Of(distribution, (i + 0.5) / count));
        }

        return [.. values];
    }
}
