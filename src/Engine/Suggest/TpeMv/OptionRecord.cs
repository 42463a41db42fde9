using FunctionTune.Numerics;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>What became of the trials that took one option.</summary>
internal sealed class OptionRecord
{
    // A search goes on to gain several times the spread of what it has already: random points of a branch would gain one.
    private const double Optimism = 5;

    private readonly List<double> _losses = [];
    private bool _isSorted;

    /// <summary>How many trials took it.</summary>
    public int Count => _losses.Count + Lossless;

    /// <summary>How many of them have no finite loss.</summary>
    public int Lossless { get; private set; }

    /// <summary>Whether the losses can say how far they spread.</summary>
    public bool HasSpread => _losses.Count > 1;

    /// <summary>The square root of all losses, the smallest ones: at least two, if there are two.</summary>
    private ReadOnlySpan<double> Top
    {
        get
        {
            if (!_isSorted)
            {
                _losses.Sort();
                _isSorted = true;
            }

            int count = Math.Max(2, (int)Math.Ceiling(Math.Sqrt(_losses.Count)));
            return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_losses)[..Math.Min(count, _losses.Count)];
        }
    }

    /// <summary>The smallest loss of all options; infinite when there is none.</summary>
    public static double Best(ReadOnlySpan<OptionRecord> records)
    {
        double best = double.PositiveInfinity;
        foreach (OptionRecord record in records)
        {
            best = record._losses.Count > 0 ? Math.Min(best, record.Top[0]) : best;
        }

        return best;
    }

    /// <summary>The largest magnitude of what <see cref="LogPromise"/> looks at; divided by it, losses of any size can be squared.</summary>
    public static double Scale(ReadOnlySpan<OptionRecord> records)
    {
        double scale = 0;
        foreach (OptionRecord record in records)
        {
            foreach (double loss in record.Top)
            {
                scale = Math.Max(scale, Math.Abs(loss));
            }
        }

        return scale > 0 ? scale : 1;
    }

    /// <summary>Adds a trial.</summary>
    /// <param name="loss">Its loss; infinite when it has none.</param>
    public void Add(double loss)
    {
        if (double.IsInfinity(loss))
        {
            Lossless++;
        }
        else
        {
            _losses.Add(loss);
            _isSorted = false;
        }
    }

    /// <summary>
    /// Log of the improvement on <paramref name="best"/> to be expected of a Gaussian with the mean of the top losses and
    /// several times their deviation; minus infinity when they are all equal.
    /// </summary>
    /// <param name="best">The loss to improve on, divided by <paramref name="scale"/>.</param>
    /// <param name="scale">What losses are divided by.</param>
    public double LogPromise(double best, double scale)
    {
        ReadOnlySpan<double> top = Top;
        double mean = 0;
        foreach (double loss in top)
        {
            mean += loss / scale / top.Length;
        }

        double squares = 0;
        foreach (double loss in top)
        {
            squares += ((loss / scale) - mean) * ((loss / scale) - mean);
        }

        double deviation = Optimism * Math.Sqrt(squares / (top.Length - 1));
        return deviation > 0
            ? Math.Log(deviation) + ExpectedImprovement.Log((best - mean) / deviation)
            : double.NegativeInfinity;
    }
}
