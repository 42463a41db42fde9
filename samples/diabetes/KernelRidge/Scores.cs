using MathNet.Numerics.LinearAlgebra;

namespace KernelRidge;

/// <summary>How near predictions come to the truth.</summary>
public static class Scores
{
    /// <summary>Root of the mean squared error, in units of the target.</summary>
    public static double Rmse(Vector<double> truth, Vector<double> predicted) =>
        (truth - predicted).L2Norm() / Math.Sqrt(truth.Count);

    /// <summary>The share of the target's variance that is explained. Range: at most 1.</summary>
    public static double R2(Vector<double> truth, Vector<double> predicted)
    {
        double unexplained = (truth - predicted).L2Norm() / (truth - truth.Average()).L2Norm();
        return 1 - (unexplained * unexplained);
    }
}
