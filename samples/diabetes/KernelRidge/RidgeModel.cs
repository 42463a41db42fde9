using MathNet.Numerics.LinearAlgebra;

namespace KernelRidge;

/// <summary>
/// Kernel ridge regression: the function that minimises the squared error plus alpha times its squared norm in the space of
/// the kernel. Its coefficients solve (K + alpha I) c = y - mean(y).
/// </summary>
public sealed class RidgeModel
{
    private readonly Matrix<double> _examples;
    private readonly Kernel _kernel;
    private readonly Vector<double> _coefficients;
    private readonly double _mean;

    private RidgeModel(Matrix<double> examples, Kernel kernel, Vector<double> coefficients, double mean)
    {
        _examples = examples;
        _kernel = kernel;
        _coefficients = coefficients;
        _mean = mean;
    }

    /// <summary>Fits the model.</summary>
    /// <param name="train">The examples.</param>
    /// <param name="kernel">How alike two examples are.</param>
    /// <param name="alpha">Weight of the penalty. Range: above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">alpha is not above 0.</exception>
    /// <exception cref="InvalidOperationException">alpha is too small for the kernel's matrix.</exception>
    public static RidgeModel Fit(Dataset train, Kernel kernel, double alpha)
    {
        if (!(alpha > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), $"alpha must be above 0, but got {alpha:R}.");
        }

        double mean = train.Target.Average();
        Matrix<double> system = kernel.Between(train.Features, train.Features);
        system.SetDiagonal(system.Diagonal() + alpha);
        return new(train.Features, kernel, PositiveDefinite.Solve(system, train.Target - mean), mean);
    }

    /// <summary>The predicted targets.</summary>
    /// <param name="features">Shape (n, features).</param>
    /// <returns>Shape (n).</returns>
    public Vector<double> Predict(Matrix<double> features) =>
        (_kernel.Between(features, _examples) * _coefficients) + _mean;
}
