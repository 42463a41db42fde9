using System.Numerics;
using System.Runtime.InteropServices;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Grid;

/// <summary>
/// The points of a grid in their natural order: numbered, with the last parameter varying fastest. Parameters of options that
/// are not taken add no points.
/// </summary>
/// <remarks>
/// How many points begin with given values depends only on which conditional parameters those values activate among the ones
/// still to come. Such sets, kept as bits, are few; for each parameter and each set that can occur the number of points is
/// kept, and a point is found by taking them off its number, like the digits of a mixed radix.
/// </remarks>
internal sealed class GridPoints
{
    private readonly SearchSpace _space;
    private readonly GridAxis[] _axes;
    private readonly BigInteger[][] _activated;
    private readonly Dictionary<BigInteger, BigInteger>[] _counts;

    private GridPoints(SearchSpace space, GridAxis[] axes)
    {
        (_space, _axes) = (space, axes);
        _activated = [.. space.Parameters.Select(parameter => ActivatedBy(parameter.Index))];
        _counts = [.. Enumerable.Range(0, axes.Length + 1).Select(_ => new Dictionary<BigInteger, BigInteger>())];
        Reach();
        Fill();
    }

    /// <summary>How many points there are.</summary>
    public BigInteger Count => _counts[0][BigInteger.Zero];

    /// <summary>The grid of a space; null when a parameter needs steps and there are none.</summary>
    /// <param name="space">The space.</param>
    /// <param name="steps">How many values to take of a parameter that has no bounded number of them.</param>
    public static GridPoints? Of(SearchSpace space, int? steps)
    {
        GridAxis?[] axes = [.. space.Parameters.Select(parameter => GridAxis.Of(parameter.Prior, steps))];
        return axes.Contains(null) ? null : new GridPoints(space, axes!);
    }

    /// <summary>One of the points.</summary>
    /// <param name="number">Range: 0 to <see cref="Count"/> - 1.</param>
    public Point At(BigInteger number)
    {
        double[] values = new double[_axes.Length];
        BigInteger active = BigInteger.Zero;
        for (int parameter = 0; parameter < values.Length; parameter++)
        {
            values[parameter] = double.NaN;
            if (IsActive(parameter, active))
            {
                long index = 0;
                if (_activated[parameter].Length == 0)
                {
                    index = (long)BigInteger.DivRem(number, After(parameter, active, index), out number);
                }

                for (; _activated[parameter].Length > 0 && number >= After(parameter, active, index); index++)
                {
                    number -= After(parameter, active, index);
                }

                values[parameter] = _axes[parameter].ValueAt(index);
                active = Next(parameter, active, index);
            }
        }

        return new Point(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }

    /// <summary>The number of a point; null when it is not on the grid.</summary>
    public BigInteger? NumberOf(Point point)
    {
        BigInteger number = BigInteger.Zero;
        BigInteger active = BigInteger.Zero;
        for (int parameter = 0; parameter < _axes.Length; parameter++)
        {
            if (!IsActive(parameter, active))
            {
                continue;
            }

            if (_axes[parameter].IndexOf(point[parameter]) is not { } index)
            {
                return null;
            }

            if (_activated[parameter].Length == 0)
            {
                number += index * After(parameter, active, index);
            }

            for (long before = 0; _activated[parameter].Length > 0 && before < index; before++)
            {
                number += After(parameter, active, before);
            }

            active = Next(parameter, active, index);
        }

        return number;
    }

    /// <summary>For a choice, which parameters each value of its axis activates; empty for any other parameter.</summary>
    private BigInteger[] ActivatedBy(int parameter)
    {
        var byOption = _space
            .Parameters.SelectMany(p => p.Conditions, (p, condition) => (p.Index, condition))
            .Where(pair => pair.condition.Parameter == parameter)
            .ToLookup(pair => (double)pair.condition.Option, pair => BigInteger.One << pair.Index);
        return byOption.Count == 0
            ? []
            :
            [
                .. Enumerable
                    .Range(0, (int)_axes[parameter].Count)
                    .Select(i => byOption[_axes[parameter].ValueAt(i)].Aggregate(BigInteger.Zero, (a, b) => a | b)),
            ];
    }

    /// <summary>Finds, parameter by parameter, the sets that can occur.</summary>
    private void Reach()
    {
        _counts[0][BigInteger.Zero] = BigInteger.Zero;
        for (int parameter = 0; parameter < _axes.Length; parameter++)
        {
            foreach (BigInteger active in _counts[parameter].Keys)
            {
                int kinds = IsActive(parameter, active) ? Math.Max(1, _activated[parameter].Length) : 1;
                for (int index = 0; index < kinds; index++)
                {
                    _counts[parameter + 1][Next(parameter, active, index)] = BigInteger.One;
                }
            }
        }
    }

    /// <summary>Counts the points from the last parameter to the first.</summary>
    private void Fill()
    {
        for (int parameter = _axes.Length - 1; parameter >= 0; parameter--)
        {
            foreach (BigInteger active in _counts[parameter].Keys.ToArray())
            {
                BigInteger count = After(parameter, active, 0);
                if (IsActive(parameter, active) && _activated[parameter].Length == 0)
                {
                    count *= _axes[parameter].Count;
                }

                for (int index = 1; IsActive(parameter, active) && index < _activated[parameter].Length; index++)
                {
                    count += After(parameter, active, index);
                }

                _counts[parameter][active] = count;
            }
        }
    }

    private bool IsActive(int parameter, BigInteger active) =>
        _space.Parameters[parameter].Conditions.IsEmpty || !(active >> parameter).IsEven;

    /// <summary>What is active among the parameters after this one, once it has taken a value of its axis, or none if it is inactive.</summary>
    private BigInteger Next(int parameter, BigInteger active, long index)
    {
        bool isMarked = !(active >> parameter).IsEven;
        BigInteger rest = isMarked ? active - (BigInteger.One << parameter) : active;
        bool isChoice = _activated[parameter].Length > 0 && IsActive(parameter, active);
        return isChoice ? rest | _activated[parameter][index] : rest;
    }

    /// <summary>How many points go on from there.</summary>
    private BigInteger After(int parameter, BigInteger active, long index) =>
        _counts[parameter + 1][Next(parameter, active, index)];
}
