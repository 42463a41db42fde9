using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Anneal;

/// <summary>
/// Draws the parameters of one new point, each near its value in a good trial. Parameters share their trial as far as it has
/// them, so that values which were good together stay together.
/// </summary>
internal sealed class NeighbourSearch(AnnealOptions options, HistoryIndex index, Pcg64 random)
{
    private readonly List<int> _bases = [];
    private int[]? _order;

    /// <summary>A raw value of an active parameter.</summary>
    public double Draw(SpaceParameter parameter)
    {
        ParameterColumn column = index.Columns[parameter.Index];
        int known = column.Numbers.Length;
        if (known == 0)
        {
            return PriorSampler.Draw(parameter.Prior, random);
        }

        double value = column.Values[BaseOf(column)];
        return Draw(parameter.Prior, value, 1 / (1 + (known * options.ShrinkCoef)));
    }

    /// <summary>A draw from the prior, narrowed about a value.</summary>
    /// <param name="distribution">The prior.</param>
    /// <param name="value">The value, on the latent axis of a numeric prior.</param>
    /// <param name="shrink">Width of the neighbourhood, where that of the prior is 1. Range: above 0, at most 1.</param>
    private double Draw(Distribution distribution, double value, double shrink)
    {
        if (NumericPrior.Of(distribution) is not { } prior)
        {
            // One option keeps the weight 1 - shrink, and the prior gets the rest.
            return random.NextDouble() < shrink ? PriorSampler.Draw(distribution, random) : value;
        }

        if (!prior.IsBounded)
        {
            return prior.ToValue(prior.Within(value + (prior.Sigma * shrink * random.NextNormal())));
        }

        double half = 0.5 * prior.Sigma * shrink;
        double middle = Math.Max(prior.Low + half, Math.Min(prior.High - half, value));
        return prior.ToValue(prior.Within(middle + (half * ((2 * random.NextDouble()) - 1))));
    }

    /// <summary>
    /// Where the column has its value of the trial to stay near: the first trial already taken for this point that has the
    /// parameter, otherwise one whose rank by loss follows a geometric law.
    /// </summary>
    private int BaseOf(ParameterColumn column)
    {
        foreach (int number in _bases)
        {
            if (column.Numbers.BinarySearch(number) is >= 0 and int position)
            {
                return position;
            }
        }

        int rank = Math.Min(Rank(), column.Numbers.Length - 1);
        _order ??= ByLoss(index);
        foreach (int trial in _order)
        {
            int number = index.Numbers[trial];
            if (column.Numbers.BinarySearch(number) is >= 0 and int position && rank-- == 0)
            {
                _bases.Add(number);
                return position;
            }
        }

        throw new InvalidOperationException("A column has only trials of its index.");
    }

    /// <summary>How many trials are better than the one to take: 0 with probability 1 / avgBestIdx, and so on.</summary>
    private int Rank()
    {
        double more = Math.Log(1 - random.NextDouble()) / Math.Log(1 - (1 / options.AvgBestIdx));
        return (int)Math.Min(more, int.MaxValue);
    }

    private static int[] ByLoss(HistoryIndex index)
    {
        double[] losses = index.Losses.ToArray();
        int[] order = [.. Enumerable.Range(0, losses.Length)];
        Array.Sort(order, (a, b) => losses[a] != losses[b] ? losses[a].CompareTo(losses[b]) : a.CompareTo(b));
        return order;
    }
}
