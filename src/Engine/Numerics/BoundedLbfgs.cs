using System.Numerics.Tensors;

namespace FunctionTune.Numerics;

/// <summary>
/// Minimises a smooth function within bounds and within a number of evaluations: limited-memory BFGS on the variables that
/// are not held at a bound, each step cut off at the bounds.
/// </summary>
/// <remarks>
/// Nocedal, Wright, "Numerical optimization", 2nd edition, 2006, algorithm 7.5, with the bounds as in Bertsekas, "Projected
/// Newton methods for optimization problems with simple constraints", SIAM J. Control and Optimization 20(2), 1982. MathNet's
/// minimisers throw away the best point so far when their evaluations are used up.
/// </remarks>
/// <param name="low">The smallest values, shape (n).</param>
/// <param name="high">The largest values, shape (n), at least <paramref name="low"/>.</param>
internal sealed class BoundedLbfgs(double[] low, double[] high)
{
    private const double SufficientDecrease = 1e-4;
    private const int MostCuts = 8;
    private const double Cut = 0.35;
    private const double CutFromNowhere = 0.1;

    // The first step, of which nothing says how long it should be, goes a quarter of a unit in its largest variable.
    private const double FirstStep = 0.25;

    private readonly LbfgsMemory _memory = new(low.Length);

    /// <summary>A function and its gradient.</summary>
    /// <param name="x">Where. Shape (n).</param>
    /// <param name="gradient">Receives the gradient. Shape (n).</param>
    /// <returns>The value; NaN where there is none.</returns>
    public delegate double Function(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>Minimises.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">The start, within the bounds; receives the best point found. Shape (n).</param>
    /// <param name="evaluations">How often the function may be evaluated. Range: at least 1.</param>
    /// <param name="tolerance">It ends with a step that gains less than this.</param>
    /// <returns>The value at the best point; NaN when there is none at the start.</returns>
    public double Minimize(Function function, Span<double> x, int evaluations, double tolerance)
    {
        _memory.Clear();
        double[] gradient = new double[x.Length];
        double[] nextGradient = new double[x.Length];
        double[] next = new double[x.Length];
        double[] direction = new double[x.Length];
        double value = function(x, gradient);
        int left = evaluations - 1;
        double gain = double.PositiveInfinity;
        while (left > 0 && gain >= tolerance && TryFindDirection(x, gradient, direction))
        {
            double nextValue = Descend(function, x, (value, gradient), direction, next, nextGradient, ref left);
            if (!(nextValue <= value))
            {
                break;
            }

            _memory.Learn(x, next, gradient, nextGradient);
            gain = value - nextValue;
            value = nextValue;
            next.CopyTo(x);
            (gradient, nextGradient) = (nextGradient, gradient);
        }

        return value;
    }

    // Shortens the step until it gains enough; NaN when it never does.
    private double Descend(
        Function function,
        ReadOnlySpan<double> x,
        (double Value, double[] Gradient) here,
        ReadOnlySpan<double> direction,
        Span<double> next,
        Span<double> nextGradient,
        ref int left
    )
    {
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude(direction));
        double length = _memory.IsEmpty ? Math.Min(1, FirstStep / largest) : 1;
        for (int cut = 0; cut < MostCuts && left > 0; cut++, left--)
        {
            double promised = 0;
            for (int i = 0; i < x.Length; i++)
            {
                next[i] = Math.Clamp(x[i] + (length * direction[i]), low[i], high[i]);
                promised += here.Gradient[i] * (next[i] - x[i]);
            }

            double value = function(next, nextGradient);
            if (value <= here.Value + (SufficientDecrease * Math.Min(promised, 0)))
            {
                left--;
                return value;
            }

            length *= double.IsFinite(value) ? Cut : CutFromNowhere;
        }

        return double.NaN;
    }

    private bool TryFindDirection(ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, Span<double> direction)
    {
        WriteFree(x, gradient, gradient, direction);
        TensorPrimitives.Negate(direction, direction);
        if (!_memory.IsEmpty)
        {
            _memory.Multiply(direction);
            WriteFree(x, gradient, direction, direction);
            if (!(TensorPrimitives.Dot(direction, gradient) < 0))
            {
                // What was learnt leads upwards here: begin again from the slope alone.
                _memory.Clear();
                return TryFindDirection(x, gradient, direction);
            }
        }

        return TensorPrimitives.Dot(direction, gradient) < 0;
    }

    // A variable at a bound that its slope would have it cross stays there.
    private void WriteFree(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<double> values,
        Span<double> free
    )
    {
        for (int i = 0; i < x.Length; i++)
        {
            bool isHeld = (x[i] <= low[i] && gradient[i] > 0) || (x[i] >= high[i] && gradient[i] < 0);
            free[i] = isHeld ? 0 : values[i];
        }
    }
}
