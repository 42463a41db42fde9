using System.Numerics.Tensors;

namespace FunctionTune.Suggest.Gp;

/// <summary>Losses transformed and standardised.</summary>
internal sealed class WarpedLosses
{
    // A loss farther above the best than this many times the spread of the better half says no more than "bad".
    private const double Farthest = 1e6;

    private readonly LossWarp _warp;
    private readonly double _mean;
    private readonly double _deviation;

    private WarpedLosses(LossWarp warp, ReadOnlySpan<double> losses)
    {
        _warp = warp;
        double[] values = new double[losses.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double loss = Near(losses[i]);
            values[i] = warp.Of(loss);
            LogJacobian += warp.LogSlope(loss);
        }

        _mean = TensorPrimitives.Sum<double>(values) / values.Length;
        TensorPrimitives.Subtract(values, _mean, values);
        double deviation = Math.Sqrt(TensorPrimitives.SumOfSquares<double>(values) / values.Length);
        _deviation = deviation > 0 ? deviation : 1;
        TensorPrimitives.Divide(values, _deviation, values);
        LogJacobian -= values.Length * Math.Log(_deviation);
        Values = values;
    }

    /// <summary>The losses: their mean is 0 and their variance 1, unless all are equal. Shape (n).</summary>
    public double[] Values { get; }

    /// <summary>The log of how much denser the transformation makes losses: what likelihoods of two of them differ by besides.</summary>
    public double LogJacobian { get; }

    /// <summary>The losses in each transformation that is tried; the first leaves their shape.</summary>
    /// <param name="losses">Shape (n), finite, at most 1 in size, n at least 1.</param>
    public static WarpedLosses[] Candidates(ReadOnlySpan<double> losses)
    {
        double[] sorted = losses.ToArray();
        Array.Sort(sorted);
        double origin = sorted[0];
        double unit = sorted[sorted.Length / 2] - origin;
        unit = unit > 0 ? unit : sorted[^1] - origin;
        unit = unit > 0 ? unit : 1;
        var candidates = new WarpedLosses[LossWarp.Powers.Length];
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = new WarpedLosses(new LossWarp(origin, unit, LossWarp.Powers[i]), losses);
        }

        return candidates;
    }

    /// <summary>The standardised value of a loss.</summary>
    public double Of(double loss) => (_warp.Of(Near(loss)) - _mean) / _deviation;

    /// <summary>What a small change of a loss is in standardised values.</summary>
    public double SlopeAt(double loss) => Math.Exp(_warp.LogSlope(Near(loss))) / _deviation;

    /// <summary>The loss that has a standardised value.</summary>
    public double Inverse(double value) => _warp.Inverse(_mean + (value * _deviation));

    private double Near(double loss) => Math.Clamp(loss, _warp.Origin, _warp.Origin + (Farthest * _warp.Unit));
}
