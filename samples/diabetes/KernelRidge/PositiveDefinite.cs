using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace KernelRidge;

/// <summary>Linear systems with a symmetric, positive definite matrix.</summary>
public static class PositiveDefinite
{
    private const double LargestResidual = 1e-8;

    /// <summary>Solves <c>matrix * x = right</c> by Cholesky's factors and one step of refinement.</summary>
    /// <exception cref="InvalidOperationException">
    /// The matrix is not positive definite in double precision, or so ill-conditioned that no digit of the solution could
    /// be trusted: the residual is checked, not hoped for.
    /// </exception>
    public static Vector<double> Solve(Matrix<double> matrix, Vector<double> right)
    {
        Cholesky<double> factors = Factor(matrix);
        Vector<double> solution = factors.Solve(right);
        solution += factors.Solve(right - (matrix * solution));

        double residual = (right - (matrix * solution)).L2Norm() / right.L2Norm();
        return residual <= LargestResidual ? solution : throw IllConditioned($"leaves a residual of {residual:E1}");
    }

    private static Cholesky<double> Factor(Matrix<double> matrix)
    {
        try
        {
            return matrix.Cholesky();
        }
        catch (ArgumentException)
        {
            throw IllConditioned("is not positive definite");
        }
    }

    private static InvalidOperationException IllConditioned(string how) =>
        new($"The kernel's matrix is too ill-conditioned for this alpha: the system {how}. Raise alpha's lower bound.");
}
