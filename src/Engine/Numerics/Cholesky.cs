using System.Numerics.Tensors;

namespace FunctionTune.Numerics;

/// <summary>
/// The lower triangular factor L of a symmetric positive definite matrix A = L Lᵀ, kept row by row, to which rows can be
/// appended.
/// </summary>
/// <remarks>
/// Golub, Van Loan, "Matrix computations", 4th edition, 2013, section 4.2 (row-oriented, by inner products). MathNet's
/// factorization cannot be extended by a row, and on the matrices of a search (50 to 300 rows) takes many times as long.
/// </remarks>
internal sealed class Cholesky
{
    private readonly int _capacity;
    private readonly double[] _rows;

    /// <summary>An empty factor.</summary>
    /// <param name="capacity">How many rows it may come to have.</param>
    public Cholesky(int capacity)
    {
        _capacity = capacity;
        _rows = new double[capacity * capacity];
    }

    /// <summary>How many rows it has.</summary>
    public int Size { get; private set; }

    /// <summary>Row <paramref name="i"/> of L up to its diagonal. Shape (i + 1).</summary>
    public ReadOnlySpan<double> Row(int i) => _rows.AsSpan(i * _capacity, i + 1);

    /// <summary>Forgets the rows from <paramref name="size"/> on.</summary>
    public void Truncate(int size) => Size = size;

    /// <summary>Appends a row of A.</summary>
    /// <param name="row">The row up to its diagonal. Shape (<see cref="Size"/> + 1).</param>
    /// <returns>Whether A is still positive definite; if not, nothing was appended.</returns>
    public bool TryAppend(ReadOnlySpan<double> row)
    {
        Span<double> own = _rows.AsSpan(Size * _capacity, Size + 1);
        row[..Size].CopyTo(own);
        SolveLower(own[..Size]);
        double rest = row[Size] - TensorPrimitives.SumOfSquares<double>(own[..Size]);
        if (!(rest > 0) || !double.IsFinite(rest))
        {
            return false;
        }

        own[Size] = Math.Sqrt(rest);
        Size++;
        return true;
    }

    /// <summary>The logarithm of the determinant of A.</summary>
    public double LogDeterminant()
    {
        double sum = 0;
        for (int i = 0; i < Size; i++)
        {
            sum += Math.Log(_rows[(i * _capacity) + i]);
        }

        return 2 * sum;
    }

    /// <summary>Replaces b by the solution x of L x = b.</summary>
    /// <param name="b">Shape (at most <see cref="Size"/>): the leading part of L is used.</param>
    public void SolveLower(Span<double> b)
    {
        for (int i = 0; i < b.Length; i++)
        {
            ReadOnlySpan<double> row = Row(i);
            b[i] = (b[i] - TensorPrimitives.Dot(row[..i], b[..i])) / row[i];
        }
    }

    /// <summary>Replaces b by the solution x of Lᵀ x = b.</summary>
    /// <param name="b">Shape (<see cref="Size"/>).</param>
    public void SolveUpper(Span<double> b)
    {
        for (int i = b.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = Row(i);
            b[i] /= row[i];
            TensorPrimitives.MultiplyAdd(row[..i], -b[i], b[..i], b[..i]);
        }
    }

    /// <summary>Writes the lower triangle of the inverse of A, row by row without gaps.</summary>
    /// <param name="inverse">Shape (Size (Size + 1) / 2).</param>
    /// <param name="scratch">Shape (at least Size²).</param>
    public void Invert(Span<double> inverse, Span<double> scratch)
    {
        int n = Size;
        for (int k = 0; k < n; k++)
        {
            // Row k of the scratch is column k of the inverse of L.
            Span<double> column = scratch.Slice(k * n, n);
            column[..k].Clear();
            column[k] = 1 / Row(k)[k];
            for (int i = k + 1; i < n; i++)
            {
                ReadOnlySpan<double> row = Row(i);
                column[i] = -TensorPrimitives.Dot(row[k..i], column[k..i]) / row[i];
            }
        }

        for (int i = 0, at = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                inverse[at] = TensorPrimitives.Dot<double>(
                    scratch.Slice((i * n) + i, n - i),
                    scratch.Slice((j * n) + i, n - i)
                );
            }
        }
    }
}
