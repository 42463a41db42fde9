using FunctionTune.TrialClient;
using MathNet.Numerics.LinearAlgebra;

namespace KernelRidge;

/// <summary>How alike two examples are.</summary>
public abstract record Kernel
{
    private Kernel() { }

    /// <summary>The kernel that the parameters name, with its own parameters.</summary>
    public static Kernel From(TrialParams parameters) =>
        parameters.String("kind") switch
        {
            "rbf" => new Rbf(parameters.Double("gamma")),
            "polynomial" => new Polynomial(parameters.Int("degree"), parameters.Double("coef0")),
            "linear" => new Linear(),
            var kind => throw new ArgumentException(
                $"A kernel must be rbf, polynomial or linear, but got '{kind}'.",
                nameof(parameters)
            ),
        };

    /// <summary>The kernel of every row of <paramref name="left"/> with every row of <paramref name="right"/>.</summary>
    /// <param name="left">Shape (n, features).</param>
    /// <param name="right">Shape (m, features).</param>
    /// <returns>Shape (n, m).</returns>
    public abstract Matrix<double> Between(Matrix<double> left, Matrix<double> right);

    /// <summary>The inner product.</summary>
    public sealed record Linear : Kernel
    {
        /// <inheritdoc/>
        public override Matrix<double> Between(Matrix<double> left, Matrix<double> right) =>
            left.TransposeAndMultiply(right);
    }

    /// <summary>A power of the inner product, which is divided by the number of features.</summary>
    public sealed record Polynomial(int Degree, double Coef0) : Kernel
    {
        /// <inheritdoc/>
        public override Matrix<double> Between(Matrix<double> left, Matrix<double> right) =>
            left.TransposeAndMultiply(right).Map(product => Math.Pow((product / left.ColumnCount) + Coef0, Degree));
    }

    /// <summary>A Gaussian of the distance.</summary>
    public sealed record Rbf(double Gamma) : Kernel
    {
        /// <inheritdoc/>
        public override Matrix<double> Between(Matrix<double> left, Matrix<double> right)
        {
            Vector<double> lefts = left.RowNorms(2).PointwisePower(2);
            Vector<double> rights = right.RowNorms(2).PointwisePower(2);
            return left.TransposeAndMultiply(right)
                .MapIndexed((i, j, product) => Math.Exp(-Gamma * Math.Max(0, lefts[i] + rights[j] - (2 * product))));
        }
    }
}
