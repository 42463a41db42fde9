namespace FunctionTune.Numerics;

/// <summary>Minimises a smooth function within bounds: limited-memory BFGS on the variables that are not held at a bound.</summary>
/// <remarks>
/// Nocedal, Wright, "Numerical optimization", 2nd edition, 2006, algorithms 7.4 and 7.5; the bounds by projection of each
/// step as in Bertsekas, "Projected Newton methods", SIAM J. Control Optim. 20, 1982.
/// </remarks>
internal sealed class BoundedLbfgs
{
    private const int Memory = 8;
    private const double SufficientDecrease = 1e-4;
    private readonly int _n;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly double[][] _steps = new double[Memory][];
    private readonly double[][] _changes = new double[Memory][];
    private readonly double[] _products = new double[Memory];
    private int _kept;

    /// <summary>A minimiser within the given bounds. Shapes (n).</summary>
    public BoundedLbfgs(double[] low, double[] high)
    {
        _n = low.Length;
        _low = low;
        _high = high;
        for (int i = 0; i < Memory; i++)
        {
            _steps[i] = new double[_n];
            _changes[i] = new double[_n];
        }
    }

    /// <summary>A function and its gradient.</summary>
    /// <param name="x">Where. Shape (n).</param>
    /// <param name="gradient">Receives the gradient. Shape (n).</param>
    /// <returns>The value; NaN or infinity where it has none.</returns>
    public delegate double Function(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>Minimises.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">The start; receives the best point. Shape (n), within the bounds.</param>
    /// <param name="evaluations">How often the function may be evaluated.</param>
    /// <param name="tolerance">Ends when a step gains less.</param>
    /// <returns>The value at the best point.</returns>
    public double Minimize(Function function, Span<double> x, int evaluations, double tolerance)
    {
        _kept = 0;
        double[] gradient = new double[_n];
        double[] nextGradient = new double[_n];
        double[] next = new double[_n];
        double[] direction = new double[_n];
        double value = function(x, gradient);
        int used = 1;
        while (used < evaluations && double.IsFinite(value))
        {
            double slope = Direction(x, gradient, direction);
            if (!(slope < 0))
            {
                break;
            }

            double length = _kept == 0 ? Math.Min(1, 0.25 / LargestOf(direction)) : 1;
            double nextValue = double.NaN;
            bool found = false;
            for (int halving = 0; halving < 8 && used < evaluations && !found; halving++)
            {
                Step(x, direction, length, next);
                nextValue = function(next, nextGradient);
                used++;
                found = nextValue <= value + (SufficientDecrease * Progress(x, next, gradient));
                length *= double.IsFinite(nextValue) ? 0.35 : 0.1;
            }

            if (!found)
            {
                break;
            }

            Keep(x, next, gradient, nextGradient);
            double gain = value - nextValue;
            next.CopyTo(x);
            (gradient, nextGradient) = (nextGradient, gradient);
            value = nextValue;
            if (gain < tolerance)
            {
                break;
            }
        }

        return value;
    }

    private static double Progress(ReadOnlySpan<double> from, ReadOnlySpan<double> to, ReadOnlySpan<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < from.Length; i++)
        {
            sum += gradient[i] * (to[i] - from[i]);
        }

        return Math.Min(sum, 0);
    }

    private static double LargestOf(ReadOnlySpan<double> direction)
    {
        double largest = 1e-300;
        foreach (double d in direction)
        {
            largest = Math.Max(largest, Math.Abs(d));
        }

        return largest;
    }

    private static double Dot(double[] a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private bool IsHeld(ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, int i) =>
        (x[i] <= _low[i] && gradient[i] > 0) || (x[i] >= _high[i] && gradient[i] < 0);

    private double Direction(ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, Span<double> direction)
    {
        for (int i = 0; i < _n; i++)
        {
            direction[i] = IsHeld(x, gradient, i) ? 0 : -gradient[i];
        }

        Span<double> alphas = stackalloc double[Memory];
        for (int k = _kept - 1; k >= 0; k--)
        {
            alphas[k] = Dot(_steps[k], direction) / _products[k];
            Add(direction, _changes[k], -alphas[k]);
        }

        if (_kept > 0)
        {
            double scale = _products[_kept - 1] / Dot(_changes[_kept - 1], _changes[_kept - 1]);
            for (int i = 0; i < _n; i++)
            {
                direction[i] *= scale;
            }
        }

        for (int k = 0; k < _kept; k++)
        {
            Add(direction, _steps[k], alphas[k] - (Dot(_changes[k], direction) / _products[k]));
        }

        double slope = 0;
        for (int i = 0; i < _n; i++)
        {
            direction[i] = IsHeld(x, gradient, i) ? 0 : direction[i];
            slope += direction[i] * gradient[i];
        }

        if (slope < 0 || _kept == 0)
        {
            return slope;
        }

        _kept = 0;
        return Direction(x, gradient, direction);
    }

    private static void Add(Span<double> to, double[] what, double times)
    {
        for (int i = 0; i < what.Length; i++)
        {
            to[i] += times * what[i];
        }
    }

    private void Step(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, double length, Span<double> next)
    {
        for (int i = 0; i < _n; i++)
        {
            next[i] = Math.Clamp(x[i] + (length * direction[i]), _low[i], _high[i]);
        }
    }

    private void Keep(ReadOnlySpan<double> x, double[] next, double[] gradient, double[] nextGradient)
    {
        if (_kept == Memory)
        {
            (double[] step, double[] change) = (_steps[0], _changes[0]);
            Array.Copy(_steps, 1, _steps, 0, Memory - 1);
            Array.Copy(_changes, 1, _changes, 0, Memory - 1);
            Array.Copy(_products, 1, _products, 0, Memory - 1);
            (_steps[Memory - 1], _changes[Memory - 1]) = (step, change);
            _kept--;
        }

        for (int i = 0; i < _n; i++)
        {
            _steps[_kept][i] = next[i] - x[i];
            _changes[_kept][i] = nextGradient[i] - gradient[i];
        }

        double product = Dot(_steps[_kept], _changes[_kept]);
        if (product > 1e-12 * Dot(_changes[_kept], _changes[_kept]))
        {
            _products[_kept] = product;
            _kept++;
        }
    }
}
