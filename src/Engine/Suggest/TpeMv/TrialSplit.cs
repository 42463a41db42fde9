using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>
/// The trials that teach about a branch of the space, and how much each counts: the few best are good, the best of them most,
/// and all count as others, the good ones a little.
/// </summary>
/// <remarks>
/// That a good trial also counts among the others draws the search towards the best of the good ones. It makes the ratio of the two
/// densities a kernel regression of the weights (Nadaraya-Watson), which next to one lonely good trial is level rather than
/// peaked, so that its neighbourhood is explored.
/// </remarks>
internal sealed class TrialSplit
{
    // Of n trials 15 %, at least 4 so that their spread says something, at most 25 so that old ones are forgotten.
    private const int FewestGood = 4;
    private const int MostGood = 25;

    // With fewer finished trials of its own a branch learns from all trials.
    private const int OwnTrials = 6;

    // What a good trial counts among the others, where another trial counts 1.
    private const double GoodAmongOthers = 0.3;

    private TrialSplit(int[] rows, int good)
    {
        Rows = rows;
        Good = new double[good];
        Others = new double[rows.Length];
        double sum = 0;
        for (int i = 0; i < good; i++)
        {
            // The logarithmic weights of CMA-ES: the best counts most, the last hardly.
            Good[i] = Math.Log(good + 0.5) - Math.Log(i + 0.5);
            sum += Good[i];
        }

        double squares = 0;
        foreach (ref double weight in Good.AsSpan())
        {
            weight /= sum;
            squares += weight * weight;
        }

        Effective = 1 / squares;
        double all = rows.Length - good + (GoodAmongOthers * good);
        Others.AsSpan(0, good).Fill(GoodAmongOthers / all);
        Others.AsSpan(good).Fill(1 / all);
    }

    /// <summary>Places of the trials in the history: the good ones by rising loss, then the others.</summary>
    public int[] Rows { get; }

    /// <summary>The weights of the good trials, summing to 1. Shape (good trials).</summary>
    public double[] Good { get; }

    /// <summary>The weights of all trials among the others, summing to 1. Shape (<see cref="Rows"/>).</summary>
    public double[] Others { get; }

    /// <summary>How many trials of equal weight would say as much as the good ones do.</summary>
    public double Effective { get; }

    /// <summary>The split for a branch; null when its trials cannot tell good from bad.</summary>
    /// <param name="index">The trials.</param>
    /// <param name="losses">Their losses, shape (trials); infinite where there is none.</param>
    /// <param name="decides">Which parameters decide about branches.</param>
    /// <param name="values">The options of the branch; NaN for all other parameters.</param>
    /// <param name="gamma">The share of the good trials.</param>
    public static TrialSplit? Of(
        HistoryIndex index,
        ReadOnlySpan<double> losses,
        ReadOnlySpan<bool> decides,
        ReadOnlySpan<double> values,
        double gamma
    )
    {
        int[] rows = new int[losses.Length];
        double[] keys = new double[losses.Length];
        (int count, int finite) = Gather(index, losses, decides, values, rows, keys);
        if (finite < OwnTrials && count < rows.Length)
        {
            (count, finite) = Gather(index, losses, [], values, rows, keys);
        }

        // Equal losses keep the order of the trials.
        Array.Sort(keys, rows, 0, count, Comparer<double>.Default);
        KeepOrder(keys.AsSpan(0, count), rows.AsSpan(0, count));
        if (finite < 2 || keys[0] == keys[finite - 1])
        {
            return null;
        }

        int good = Math.Clamp(
            (int)Math.Ceiling(Math.Min(gamma * finite, MostGood)),
            Math.Min(FewestGood, finite),
            MostGood
        );
        return new TrialSplit(rows[..count], good);
    }

    private static (int Count, int Finite) Gather(
        HistoryIndex index,
        ReadOnlySpan<double> losses,
        ReadOnlySpan<bool> decides,
        ReadOnlySpan<double> values,
        Span<int> rows,
        Span<double> keys
    )
    {
        int count = 0;
        int finite = 0;
        for (int row = 0; row < losses.Length; row++)
        {
            if (IsInBranch(index.Points[row], decides, values))
            {
                rows[count] = row;
                keys[count++] = losses[row];
                finite += double.IsFinite(losses[row]) ? 1 : 0;
            }
        }

        return (count, finite);
    }

    private static bool IsInBranch(Point point, ReadOnlySpan<bool> decides, ReadOnlySpan<double> values)
    {
        for (int parameter = 0; parameter < decides.Length; parameter++)
        {
            if (decides[parameter] && !point[parameter].Equals(values[parameter]))
            {
                return false;
            }
        }

        return true;
    }

    // Array.Sort does not keep the order of equal keys.
    private static void KeepOrder(ReadOnlySpan<double> keys, Span<int> rows)
    {
        for (int from = 0; from < keys.Length; )
        {
            int to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            rows[from..to].Sort();
            from = to;
        }
    }
}
