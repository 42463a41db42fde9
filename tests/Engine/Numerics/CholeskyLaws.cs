using FunctionTune.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace FunctionTune.Engine.Tests.Numerics;

/// <summary>The factor of random positive definite matrices, beside MathNet's.</summary>
public sealed class CholeskyLaws
{
    // Size, and how many decades the eigenvalues span.
    public static TheoryData<int, double> Matrices =>
        new()
        {
            { 1, 0 },
            { 2, 1 },
            { 3, 12 },
            { 8, 2 },
            { 31, 6 },
            { 64, 10 },
        };

    [Theory]
    [MemberData(nameof(Matrices))]
    public void The_factor_times_its_transpose_is_the_matrix(int n, double decades)
    {
        Matrix<double> a = Definite(n, decades);
        Matrix<double> l = Lower(Factor(a));

        Assert.InRange((l.TransposeAndMultiply(l) - a).FrobeniusNorm(), 0, 1e-14 * n * a.FrobeniusNorm());
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Rows_that_are_taken_away_and_appended_again_make_the_same_factor(int n, double decades)
    {
        Matrix<double> a = Definite(n, decades);
        Cholesky once = Factor(a);
        Cholesky again = Factor(a);
        again.Truncate(n / 2);
        Append(again, a);

        Assert.Equal(Lower(once), Lower(again));
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Solutions_determinant_and_inverse_are_those_of_MathNet(int n, double decades)
    {
        Matrix<double> a = Definite(n, decades);
        Cholesky factor = Factor(a);
        double allowed = 1e-14 * n * Math.Pow(10, decades);
        double[] b = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i + 1))];

        double[] x = [.. b];
        factor.SolveLower(x);
        factor.SolveUpper(x);
        Vector<double> expected = a.Cholesky().Solve(Vector<double>.Build.Dense(b));
        Assert.InRange((Vector<double>.Build.Dense(x) - expected).L2Norm(), 0, allowed * expected.L2Norm());

        double determinant = a.Cholesky().DeterminantLn;
        Assert.Equal(determinant, factor.LogDeterminant(), allowed * Math.Max(1, Math.Abs(determinant)));

        double[] packed = new double[n * (n + 1) / 2];
        factor.Invert(packed, new double[n * n]);
        var inverse = Matrix<double>.Build.Dense(
            n,
            n,
            (i, j) => packed[(Math.Max(i, j) * (Math.Max(i, j) + 1) / 2) + Math.Min(i, j)]
        );
        Matrix<double> expectedInverse = a.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(n));
        Assert.InRange((inverse - expectedInverse).FrobeniusNorm(), 0, allowed * expectedInverse.FrobeniusNorm());
    }

    [Fact]
    public void A_right_hand_side_may_be_shorter_than_the_factor()
    {
        Matrix<double> a = Definite(9, 2);
        double[] b = [1, 2, 3, 4];
        double[] ofTheWhole = [.. b];
        Factor(a).SolveLower(ofTheWhole);
        Factor(a.SubMatrix(0, 4, 0, 4)).SolveLower(b);

        Assert.Equal(b, ofTheWhole);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.25, 1)]
    [InlineData(double.NaN, 0)]
    [InlineData(1, double.NaN)]
    [InlineData(double.PositiveInfinity, 1)]
    public void A_row_that_makes_the_matrix_indefinite_is_refused_and_nothing_is_appended(double diagonal, double off)
    {
        var factor = new Cholesky(2);
        Assert.True(factor.TryAppend([1]));

        Assert.False(factor.TryAppend([off, diagonal]));
        Assert.Equal(1, factor.Size);
        Assert.Equal(0, factor.LogDeterminant());
        Assert.True(factor.TryAppend([0.5, 1]));
        Assert.Equal(Math.Log(0.75), factor.LogDeterminant(), 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_first_row_that_is_not_positive_is_refused(double diagonal) =>
        Assert.False(new Cholesky(1).TryAppend([diagonal]));

    // Random directions, eigenvalues evenly spread over the decades below 1.
    private static Matrix<double> Definite(int n, double decades)
    {
        var random = Pcg64.ForTrial(77, n);
        var any = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextNormal());
        Matrix<double> q = any.QR().Q;
        var values = Vector<double>.Build.Dense(n, i => Math.Pow(10, -decades * i / Math.Max(1, n - 1)));
        Matrix<double> a = q * Matrix<double>.Build.DenseOfDiagonalVector(values) * q.Transpose();
        return (a + a.Transpose()) / 2;
    }

    private static Cholesky Factor(Matrix<double> a)
    {
        var factor = new Cholesky(a.RowCount);
        Append(factor, a);
        return factor;
    }

    private static void Append(Cholesky factor, Matrix<double> a)
    {
        for (int i = factor.Size; i < a.RowCount; i++)
        {
            Assert.True(factor.TryAppend(a.Row(i).ToArray().AsSpan(0, i + 1)));
        }
    }

    private static Matrix<double> Lower(Cholesky factor) =>
        Matrix<double>.Build.Dense(factor.Size, factor.Size, (i, j) => j <= i ? factor.Row(i)[j] : 0);
}
