using System.Buffers;
using FunctionTune.History;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>
/// Where losses have a variance, the best of many trials is often one that was lucky. A loss is therefore averaged with those
/// of the trials near it, each weighed by its kernel and its precision: how noisy it is, and how far the truth may
/// differ between the two.
/// </summary>
internal static class LossSmoothing
{
    // Only trials that may come to be good ones are smoothed; at most 25 are good.
    private const int Smoothed = 64;

    /// <summary>Whether any trial of a split has a variance.</summary>
    public static bool Applies(HistoryIndex index, TrialSplit split)
    {
        foreach (int row in split.Rows)
        {
            if (index.Variances[row] > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The losses of all trials, the best ones smoothed.</summary>
    /// <param name="index">The trials.</param>
    /// <param name="split">Those of the branch.</param>
    /// <param name="model">Their kernels.</param>
    public static double[] Of(HistoryIndex index, TrialSplit split, KernelModel model)
    {
        double[] losses = index.Losses.ToArray();
        ReadOnlySpan<int> finite = split.Rows;
        finite = finite[..Finite(index, finite)];
        double scale = Scale(index, finite);
        double differences = Differences(index, split, scale);
        double[] kernels = ArrayPool<double>.Shared.Rent(model.Rows);
        Span<double> near = kernels.AsSpan(0, model.Rows);
        for (int i = 0; i < Math.Min(finite.Length, Smoothed); i++)
        {
            if (index.Variances[finite[i]] > 0)
            {
                model.WriteLikeness(i, near);
                losses[finite[i]] = scale * Average(index, finite, near, i, scale, differences);
            }
        }

        ArrayPool<double>.Shared.Return(kernels);
        return losses;
    }

    private static int Finite(HistoryIndex index, ReadOnlySpan<int> rows)
    {
        int count = 0;
        while (count < rows.Length && double.IsFinite(index.Losses[rows[count]]))
        {
            count++;
        }

        return count;
    }

    // Losses are divided by this, so that losses of any size can be squared.
    private static double Scale(HistoryIndex index, ReadOnlySpan<int> rows)
    {
        double scale = 0;
        foreach (int row in rows)
        {
            scale = Math.Max(scale, Math.Abs(index.Losses[row]));
        }

        return scale > 0 ? scale : 1;
    }

    // Variance of the true losses of the good trials: that of the losses without that of the noise.
    private static double Differences(HistoryIndex index, TrialSplit split, double scale)
    {
        double mean = 0;
        double noise = 0;
        for (int i = 0; i < split.Good.Length; i++)
        {
            mean += split.Good[i] * (index.Losses[split.Rows[i]] / scale);
            noise += split.Good[i] * (index.Variances[split.Rows[i]] / scale / scale);
        }

        double squares = 0;
        for (int i = 0; i < split.Good.Length; i++)
        {
            double step = (index.Losses[split.Rows[i]] / scale) - mean;
            squares += split.Good[i] * step * step;
        }

        return Math.Max(0, squares - noise);
    }

    private static double Average(
        HistoryIndex index,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<double> near,
        int of,
        double scale,
        double differences
    )
    {
        // Relative to the trial's own variance: what is known exactly cannot weigh more than a thousand times as much.
        double own = index.Variances[rows[of]] / scale / scale;
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double variance = (index.Variances[rows[i]] / scale / scale) + (2 * differences * (1 - near[i]));
            double weight = near[i] / Math.Max(1e-3, variance / own);
            sum += weight * (index.Losses[rows[i]] / scale);
            weights += weight;
        }

        double average = sum / weights;
        return double.IsFinite(average) ? average : index.Losses[rows[of]] / scale;
    }
}
