using FunctionTune.History;

namespace FunctionTune.Suggest.Gp;

/// <summary>The trials that a Gaussian process is fitted to.</summary>
internal sealed class TrainingSet
{
    private TrainingSet(int[] numbers, double[][] points, double[] losses, double[] variances, double scale)
    {
        Numbers = numbers;
        Points = points;
        Losses = losses;
        Variances = variances;
        Scale = scale;
    }

    /// <summary>The trials' numbers, rising. Shape (n).</summary>
    public int[] Numbers { get; }

    /// <summary>Their coordinates, shape (n) of (d).</summary>
    public double[][] Points { get; }

    /// <summary>Their losses divided by <see cref="Scale"/>: at most 1 in size. A failed trial has the worst of them.</summary>
    public double[] Losses { get; }

    /// <summary>The known variances of <see cref="Losses"/>; 0 where none is known.</summary>
    public double[] Variances { get; }

    /// <summary>A power of two, so that nothing is lost.</summary>
    public double Scale { get; }

    /// <summary>How many trials there are.</summary>
    public int Count => Numbers.Length;

    /// <summary>The trials of a history that have ended and teach something.</summary>
    /// <param name="coding">The coordinates.</param>
    /// <param name="observations">The history; at least one trial has a finite loss.</param>
    /// <param name="most">How many trials are taken at most.</param>
    public static TrainingSet Of(SpaceCoding coding, IList<Observation> observations, int most)
    {
        Observation[] ended = [.. observations.Where(o => o.Kind is LossKind.Finite or LossKind.Bad)];
        double[] finite = [.. ended.Where(o => o.Kind == LossKind.Finite).Select(o => o.Loss)];
        double worst = finite.Max();
        ended = [.. ended.Select(o => o.Kind == LossKind.Finite ? o : o with { Loss = worst })];
        ended = [.. Thin([.. ended.Select(o => o.Loss)], most).Select(i => ended[i])];
        double scale = Magnitude(finite);
        return new TrainingSet(
            [.. ended.Select(o => o.Number)],
            [.. ended.Select(o => coding.Encode(o.Point))],
            [.. ended.Select(o => o.Loss / scale)],
            [.. ended.Select(o => o.LossVariance > 0 ? o.LossVariance / scale / scale : 0)],
            scale
        );
    }

    /// <summary>Some of the trials: the better ones, and others from all along.</summary>
    /// <param name="most">How many at most.</param>
    public TrainingSet Thin(int most)
    {
        int[] kept = Thin(Losses, most);
        return kept.Length == Count
            ? this
            : new TrainingSet(
                [.. kept.Select(i => Numbers[i])],
                [.. kept.Select(i => Points[i])],
                [.. kept.Select(i => Losses[i])],
                [.. kept.Select(i => Variances[i])],
                Scale
            );
    }

    // Half of those kept are the best, of which the model must know most; the others are spread evenly over the rest.
    private static int[] Thin(double[] losses, int most)
    {
        int[] all = [.. Enumerable.Range(0, losses.Length)];
        if (all.Length <= most)
        {
            return all;
        }

        HashSet<int> best = [.. all.OrderBy(i => losses[i]).Take(most / 2)];
        int[] rest = [.. all.Where(i => !best.Contains(i))];
        int others = most - best.Count;
        best.UnionWith(Enumerable.Range(0, others).Select(i => rest[(int)((long)i * rest.Length / others)]));
        return [.. best.Order()];
    }

    private static double Magnitude(double[] losses)
    {
        double largest = losses.Max(Math.Abs);
        return largest > 0 ? Math.ScaleB(1, Math.Min(Math.ILogB(largest) + 1, 1023)) : 1;
    }
}
