using FunctionTune.Numerics;

namespace FunctionTune.Suggest.Gp;

/// <summary>
/// Looks for the point with the largest acquisition: the best of many drawn points are improved by climbing along the gradient
/// in the numbers and by trying the other options and neighbouring values of what is discrete, in turn.
/// </summary>
/// <param name="coding">The coordinates.</param>
/// <param name="acquisition">What is looked for.</param>
/// <param name="draw">Draws points.</param>
internal sealed class AcquisitionSearch(SpaceCoding coding, Acquisition acquisition, CandidateDraw draw)
{
    private const int DrawnAnywhere = 300;
    private const int DrawnNear = 200;
    private const int Starts = 5;
    private const int Rounds = 2;
    private const int ClimbEvaluations = 25;
    private const int MostOptions = 32;
    private const double Tolerance = 1e-4;

    // Starts that lie nearer to one another, on average over the coordinates, would climb the same hill.
    private const double SameHill = 0.01;

    private static readonly int[] s_steps = [-1, 1, -2, 2];

    /// <summary>The best point found, and its acquisition.</summary>
    /// <param name="anchors">Good points, about which many are drawn; at least one.</param>
    public (double[] X, double Score) Best(IReadOnlyList<double[]> anchors)
    {
        (double[] X, double Score) best = ([], double.NegativeInfinity);
        foreach ((double[] start, double score) in BestStarts(anchors))
        {
            (double[] X, double Score) found = Improve(start, score);
            best = found.Score > best.Score || best.X.Length == 0 ? found : best;
        }

        return best;
    }

    private List<(double[] X, double Score)> BestStarts(IReadOnlyList<double[]> anchors)
    {
        var drawn = new List<(double[] X, double Score)>(DrawnAnywhere + DrawnNear);
        for (int i = 0; i < DrawnAnywhere + DrawnNear; i++)
        {
            double[] x = i < DrawnAnywhere ? draw.Anywhere() : draw.Near(anchors[i % anchors.Count]);
            drawn.Add((x, acquisition.At(x)));
        }

        var starts = new List<(double[] X, double Score)>();
        foreach ((double[] X, double Score) candidate in drawn.OrderByDescending(c => c.Score))
        {
            if (starts.TrueForAll(start => !AreClose(start.X, candidate.X)))
            {
                starts.Add(candidate);
            }

            if (starts.Count == Starts)
            {
                break;
            }
        }

        return starts;
    }

    private bool AreClose(double[] a, double[] b)
    {
        double squares = 0;
        for (int k = 0; k < a.Length; k++)
        {
            double distance = PairDistances.Between(coding.IsNumber(k), a[k], b[k]);
            squares += distance * distance;
            if (double.IsNaN(a[k]) != double.IsNaN(b[k]))
            {
                return false;
            }
        }

        return squares < SameHill * SameHill * a.Length;
    }

    private (double[] X, double Score) Improve(double[] x, double score)
    {
        for (int round = 0; round < Rounds; round++)
        {
            double before = score;
            // At first whole steps are forgotten: the nearest possible value is taken afterwards, then kept.
            Climb(x, ref score, withSteps: round == 0);
            TryNeighbours(x, ref score);
            if (score - before < Tolerance)
            {
                break;
            }
        }

        return (x, score);
    }

    private void Climb(double[] x, ref double score, bool withSteps)
    {
        bool[] isFree =
        [
            .. x.Select(
                (value, k) => !double.IsNaN(value) && (coding.IsContinuous(k) || (withSteps && coding.IsNumber(k)))
            ),
        ];
        double[] at = [.. x];
        double[] moved = [.. x.Select((value, k) => isFree[k] ? value : 0)];
        double Minimized(ReadOnlySpan<double> values, Span<double> gradient)
        {
            for (int k = 0; k < at.Length; k++)
            {
                at[k] = isFree[k] ? values[k] : at[k];
            }

            double found = acquisition.At(at, gradient);
            for (int k = 0; k < at.Length; k++)
            {
                gradient[k] = isFree[k] ? -gradient[k] : 0;
            }

            return -found;
        }

        double[] low = [.. x.Select((_, k) => isFree[k] ? coding.Low(k) : 0)];
        double[] high = [.. x.Select((_, k) => isFree[k] ? coding.High(k) : 0)];
        new BoundedLbfgs(low, high).Minimize(Minimized, moved, ClimbEvaluations, Tolerance);
        double[] snapped = [.. x.Select((value, k) => isFree[k] ? coding.Snap(k, moved[k]) : value)];
        Take(snapped, x, ref score);
    }

    private void TryNeighbours(double[] x, ref double score)
    {
        for (int k = 0; k < x.Length; k++)
        {
            if (double.IsNaN(x[k]) || coding.IsContinuous(k))
            {
                continue;
            }

            double origin = x[k];
            foreach (double other in Others(k, origin))
            {
                double[] changed = [.. x];
                changed[k] = other;
                draw.Complete(changed);
                Take(changed, x, ref score);
            }
        }
    }

    private IEnumerable<double> Others(int parameter, double x)
    {
        double[] others = coding.IsNumber(parameter)
            ? [.. s_steps.Select(steps => coding.Neighbour(parameter, x, steps))]
            : coding.Options(parameter)[..Math.Min(coding.Options(parameter).Length, MostOptions)].ToArray();
        return others.Where(other => !double.IsNaN(other) && other != x);
    }

    private void Take(double[] candidate, double[] x, ref double score)
    {
        double own = acquisition.At(candidate);
        if (own > score)
        {
            candidate.CopyTo(x, 0);
            score = own;
        }
    }
}
