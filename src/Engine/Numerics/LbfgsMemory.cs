using System.Numerics.Tensors;

namespace FunctionTune.Numerics;

/// <summary>The last steps of a minimisation and how the gradient changed along them: what it knows of the curvature.</summary>
/// <remarks>Nocedal, Wright, "Numerical optimization", 2nd edition, 2006, algorithm 7.4.</remarks>
/// <param name="n">How many variables there are.</param>
internal sealed class LbfgsMemory(int n)
{
    private const int Capacity = 8;

    // Steps along which the gradient hardly changed would make the next one endless.
    private const double LeastCurvature = 1e-12;

    private readonly Queue<(double[] Step, double[] Change, double Product)> _pairs = new(Capacity);

    /// <summary>Whether nothing is known yet.</summary>
    public bool IsEmpty => _pairs.Count == 0;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _pairs.Clear();

    /// <summary>Learns from one step.</summary>
    /// <param name="from">Where it began, shape (n).</param>
    /// <param name="to">Where it ended, shape (n).</param>
    /// <param name="gradientFrom">The gradient at its beginning, shape (n).</param>
    /// <param name="gradientTo">The gradient at its end, shape (n).</param>
    public void Learn(
        ReadOnlySpan<double> from,
        ReadOnlySpan<double> to,
        ReadOnlySpan<double> gradientFrom,
        ReadOnlySpan<double> gradientTo
    )
    {
        double[] step = new double[n];
        double[] change = new double[n];
        TensorPrimitives.Subtract(to, from, step);
        TensorPrimitives.Subtract(gradientTo, gradientFrom, change);
        double product = TensorPrimitives.Dot<double>(step, change);
        if (!(product > LeastCurvature * TensorPrimitives.SumOfSquares<double>(change)))
        {
            return;
        }

        if (_pairs.Count == Capacity)
        {
            _pairs.Dequeue();
        }

        _pairs.Enqueue((step, change, product));
    }

    /// <summary>Multiplies a vector by the estimated inverse of the matrix of second derivatives.</summary>
    /// <param name="vector">Shape (n); replaced by the product.</param>
    public void Multiply(Span<double> vector)
    {
        (double[] Step, double[] Change, double Product)[] pairs = [.. _pairs];
        Span<double> shares = stackalloc double[Capacity];
        for (int k = pairs.Length - 1; k >= 0; k--)
        {
            shares[k] = TensorPrimitives.Dot<double>(pairs[k].Step, vector) / pairs[k].Product;
            TensorPrimitives.MultiplyAdd<double>(pairs[k].Change, -shares[k], vector, vector);
        }

        if (pairs.Length > 0)
        {
            double scale = pairs[^1].Product / TensorPrimitives.SumOfSquares<double>(pairs[^1].Change);
            TensorPrimitives.Multiply(vector, scale, vector);
        }

        for (int k = 0; k < pairs.Length; k++)
        {
            double share = TensorPrimitives.Dot<double>(pairs[k].Change, vector) / pairs[k].Product;
            TensorPrimitives.MultiplyAdd<double>(pairs[k].Step, shares[k] - share, vector, vector);
        }
    }
}
