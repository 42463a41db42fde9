using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace FunctionTune.Suggest.Cmaes;

/// <summary>A normal distribution over the coordinates, and what it remembers of its way. Immutable.</summary>
/// <remarks>
/// Hansen, "The CMA evolution strategy: a tutorial", arXiv:1604.00772, figure 6. Steps are shortened as in Hansen, "Injecting
/// external solutions into CMA-ES", arXiv:1110.4181, so that trials from elsewhere can be learnt from.
/// </remarks>
internal sealed class CmaState
{
    /// <summary>Beyond this many deviations more than expected a step is shortened; own ones hardly ever are.</summary>
    private const double LongStep = 2;

    /// <summary>Eigenvalues below this share of the largest are raised to it.</summary>
    private const double SmallestShare = 1e-15;

    /// <summary>A sample at the mean itself has no direction to be scaled.</summary>
    private const double ShortestSquare = 1e-200;

    private readonly CmaAxis[] _axes;
    private readonly double[] _stretch;
    private readonly Matrix<double> _covariance;
    private readonly Matrix<double> _directions;
    private readonly Vector<double> _lengths;
    private readonly Vector<double> _stepPath;
    private readonly Vector<double> _path;
    private readonly int _generation;
    private readonly double _margin;

    /// <summary>A round distribution.</summary>
    /// <param name="axes">The coordinates. Range: at least one.</param>
    /// <param name="mean">Its mean, shape (axes).</param>
    /// <param name="sigma">Its deviation. Range: above 0.</param>
    /// <param name="samples">How many samples a generation has.</param>
    public CmaState(CmaAxis[] axes, Vector<double> mean, double sigma, int samples)
        : this(
            axes,
            mean,
            sigma,
            Matrix<double>.Build.DenseIdentity(axes.Length),
            Vector<double>.Build.Dense(axes.Length),
            Vector<double>.Build.Dense(axes.Length),
            generation: 0,
            1.0 / (Math.Max(2, axes.Length) * samples)
        ) { }

    private CmaState(
        CmaAxis[] axes,
        Vector<double> mean,
        double sigma,
        Matrix<double> covariance,
        Vector<double> stepPath,
        Vector<double> path,
        int generation,
        double margin
    )
    {
        (_axes, Mean, _covariance, _stepPath, _path) = (axes, mean, covariance, stepPath, path);
        (_generation, _margin) = (generation, margin);
        Evd<double> eigen = covariance.Evd(Symmetricity.Symmetric);
        Vector<double> values = eigen.EigenValues.Real();
        double largest = values.Maximum();
        Condition = largest / Math.Max(values.Minimum(), largest * SmallestShare);
        _directions = eigen.EigenVectors;
        _lengths = values.Map(value => Math.Sqrt(Math.Max(value, largest * SmallestShare)));
        // Wider than the space a deviation only means more points on the bounds.
        Sigma = Math.Min(sigma, 1 / Math.Sqrt(largest));
        _stretch = [.. axes.Select(Stretch)];
    }

    /// <summary>The mean, shape (dimensions).</summary>
    public Vector<double> Mean { get; }

    /// <summary>The step size.</summary>
    public double Sigma { get; }

    /// <summary>The ratio of the largest to the smallest eigenvalue of the covariance.</summary>
    public double Condition { get; }

    /// <summary>The largest deviation of a coordinate, of the distribution and of its path.</summary>
    public double Width => Sigma * Math.Max(Math.Sqrt(_covariance.Diagonal().Maximum()), _path.AbsoluteMaximum());

    /// <summary>The coordinates of a standard normal vector, put on the bounds where it is beyond them.</summary>
    public double[] Sample(double[] normal)
    {
        Vector<double> scaled = Vector<double>.Build.DenseOfArray(normal).PointwiseMultiply(_lengths);
        Vector<double> step = _directions * scaled;
        double[] coordinates = new double[_axes.Length];
        for (int i = 0; i < coordinates.Length; i++)
        {
            coordinates[i] = _axes[i].Within(Mean[i] + (Sigma * _stretch[i] * step[i]));
        }

        return coordinates;
    }

    /// <summary>The distribution after a generation.</summary>
    /// <param name="samples">Its trials, in the order of their numbers. Range: at least 2.</param>
    /// <param name="weights">The constants for as many.</param>
    public CmaState After(CmaSample[] samples, CmaWeights weights)
    {
        (double[] forMean, double[] forSpread) = Shares(samples, weights);
        Vector<double> mean = Vector<double>.Build.Dense(_axes.Length);
        Matrix<double> spread = Matrix<double>.Build.Dense(_axes.Length, _axes.Length);
        for (int i = 0; i < samples.Length; i++)
        {
            Vector<double> step = StepTo(samples[i].Coordinates, out double length);
            mean += forMean[i] * step;
            double weight =
                forSpread[i] >= 0
                    ? forSpread[i]
                    : forSpread[i] * _axes.Length / Math.Max(length * length, ShortestSquare);
            spread += weight * step.OuterProduct(step);
        }

        double memory = weights.StepMemory;
        Vector<double> stepPath =
            ((1 - memory) * _stepPath) + (Math.Sqrt(memory * (2 - memory) * weights.Mass) * Whitened(mean));
        double length1 = stepPath.L2Norm() / weights.ExpectedLength;
        double settled = Math.Sqrt(1 - Math.Pow(1 - memory, 2 * (_generation + 1)));
        bool isSlow = length1 / settled < 1.4 + (2.0 / (_axes.Length + 1));
        double pathMemory = weights.PathMemory;
        Vector<double> path = (1 - pathMemory) * _path;
        path += isSlow ? Math.Sqrt(pathMemory * (2 - pathMemory) * weights.Mass) * mean : 0 * mean;
        double kept =
            1
            - weights.RankOne
            - (weights.RankMu * forSpread.Sum())
            + (isSlow ? 0 : weights.RankOne * pathMemory * (2 - pathMemory));
        return new CmaState(
            _axes,
            Mean + (Sigma * mean.PointwiseMultiply(Vector<double>.Build.Dense(_stretch))),
            Sigma * Math.Exp(Math.Min(1, memory / weights.StepDamping * (length1 - 1))),
            (kept * _covariance) + (weights.RankOne * path.OuterProduct(path)) + (weights.RankMu * spread),
            stepPath,
            path,
            _generation + 1,
            _margin
        );
    }

    /// <summary>How much each sample counts for the mean and for the covariance; equal losses count equally.</summary>
    private static (double[] ForMean, double[] ForSpread) Shares(CmaSample[] samples, CmaWeights weights)
    {
        double[] losses = [.. samples.Select(sample => sample.Loss)];
        int[] order = [.. Enumerable.Range(0, samples.Length)];
        Array.Sort(losses, order);
        double[] forMean = new double[samples.Length];
        double[] forSpread = new double[samples.Length];
        for (int first = 0, next; first < losses.Length; first = next)
        {
            next = first + 1;
            while (next < losses.Length && losses[next] == losses[first])
            {
                next++;
            }

            ReadOnlySpan<double> ranks = weights.Ranks.AsSpan(first, next - first);
            (double gain, double all) = (0, 0);
            foreach (double rank in ranks)
            {
                gain += Math.Max(rank, 0) / ranks.Length;
                all += rank / ranks.Length;
            }

            foreach (int sample in order.AsSpan(first, next - first))
            {
                (forMean[sample], forSpread[sample]) = (gain, all);
            }
        }

        return (forMean, forSpread);
    }

    /// <summary>The step from the mean, in units of the step size, shortened when it is too long.</summary>
    private Vector<double> StepTo(double[] coordinates, out double length)
    {
        Vector<double> step = Vector<double>.Build.Dense(
            coordinates.Length,
            i => (coordinates[i] - Mean[i]) / (Sigma * _stretch[i])
        );
        length = Whitened(step).L2Norm();
        double longest = Math.Sqrt(coordinates.Length) + LongStep;
        if (length > longest)
        {
            step *= longest / length;
            length = longest;
        }

        return step;
    }

    /// <summary>C^(-1/2) times a vector.</summary>
    private Vector<double> Whitened(Vector<double> vector) =>
        _directions * _directions.TransposeThisAndMultiply(vector).PointwiseDivide(_lengths);

    /// <summary>By how much a coordinate's deviation is widened so that a rounded value keeps changing now and then.</summary>
    private double Stretch(CmaAxis axis, int index)
    {
        double deviation = Sigma * Math.Sqrt(_covariance[index, index]);
        return Math.Max(1, Math.Min(axis.LeastDeviation(Mean[index], _margin), 1) / deviation);
    }
}
