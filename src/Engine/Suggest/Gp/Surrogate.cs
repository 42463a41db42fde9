using System.Numerics.Tensors;
using FunctionTune.Numerics;

namespace FunctionTune.Suggest.Gp;

/// <summary>
/// A Gaussian process that knows some trials: what it expects of any other point. Points whose loss is still to come are added
/// as if it had come out as expected, which takes away the uncertainty about them and leaves the expectations as they are
/// (Ginsbourger, Le Riche, Carraro, "Kriging is well-suited to parallelize optimization", 2010, "kriging believer").
/// Not thread-safe.
/// </summary>
internal sealed class Surrogate
{
    private const double SmallestVariance = 1e-12;
    private const double FirstJitter = 1e-8;

    private readonly SpaceCoding _coding;
    private readonly double _jointVariance;
    private readonly double _noise;
    private readonly double[] _jointWeights;
    private readonly double[] _ownVariances;
    private readonly double[] _ownRates;
    private readonly double[][] _columns;
    private readonly Cholesky _factor;
    private readonly double[] _residuals;
    private readonly double[] _alpha;
    private readonly double[] _kernel;
    private readonly double[] _t;
    private readonly double[] _joint;
    private readonly double[] _decays;
    private readonly double[] _solved;
    private double _mean;
    private int _n;

    /// <summary>A process that knows nothing yet.</summary>
    /// <param name="coding">The coordinates.</param>
    /// <param name="theta">Logarithms of the kernel's parameters.</param>
    /// <param name="capacity">How many points it may come to know.</param>
    public Surrogate(SpaceCoding coding, ReadOnlySpan<double> theta, int capacity)
    {
        var parameters = new KernelParameters(theta);
        int d = coding.Dimensions;
        _coding = coding;
        _jointVariance = parameters.JointVariance;
        _noise = parameters.Noise;
        _jointWeights = new double[d];
        _ownVariances = new double[d];
        _ownRates = new double[d];
        _columns = new double[d][];
        for (int k = 0; k < d; k++)
        {
            _jointWeights[k] = 5 * parameters.JointWeight(k);
            _ownVariances[k] = parameters.OwnVariance(k);
            _ownRates[k] = Matern.Rate * parameters.OwnScale(k);
            _columns[k] = new double[capacity];
        }

        _factor = new Cholesky(capacity);
        _residuals = new double[capacity];
        _alpha = new double[capacity];
        _kernel = new double[capacity];
        _t = new double[capacity];
        _joint = new double[capacity];
        _decays = new double[capacity];
        _solved = new double[capacity];
    }

    /// <summary>What is expected of each of the first points, which were learnt: shape (n).</summary>
    public double[] Expected { get; private set; } = [];

    /// <summary>Variance of the noise of a loss, in standardised values.</summary>
    public double Noise => _noise;

    /// <summary>Learns points and their losses, once, before anything is asked.</summary>
    /// <param name="points">Coordinates, shape (n) of (d).</param>
    /// <param name="losses">Standardised losses, shape (n).</param>
    /// <param name="noises">Variance of each loss besides the estimated noise, shape (n).</param>
    public void Learn(double[][] points, ReadOnlySpan<double> losses, ReadOnlySpan<double> noises)
    {
        for (int i = 0; i < points.Length; i++)
        {
            Append(points[i], losses[i], noises[i]);
        }

        double[] ones = new double[_n];
        double[] solved = losses.ToArray();
        ones.AsSpan().Fill(1);
        _factor.SolveLower(ones);
        _factor.SolveLower(solved);
        _mean = TensorPrimitives.Dot<double>(ones, solved) / TensorPrimitives.SumOfSquares<double>(ones);
        TensorPrimitives.Subtract(_residuals.AsSpan(0, _n), _mean, _residuals.AsSpan(0, _n));
        Solve();
        Expected = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            Expected[i] = losses[i] - ((_noise + noises[i]) * _alpha[i]);
        }
    }

    /// <summary>Adds a point whose loss is still to come.</summary>
    public void Believe(double[] x)
    {
        double mean = Predict(x).Mean;
        Append(x, mean - _mean, noise: 0);
        Solve();
    }

    /// <summary>What is expected of a point's loss, without its noise, in standardised values.</summary>
    public (double Mean, double Deviation) Predict(ReadOnlySpan<double> x)
    {
        double self = WriteKernel(x);
        Span<double> kernel = _kernel.AsSpan(0, _n);
        Span<double> solved = _solved.AsSpan(0, _n);
        kernel.CopyTo(solved);
        _factor.SolveLower(solved);
        double variance = Math.Max(self - TensorPrimitives.SumOfSquares<double>(solved), SmallestVariance);
        return (_mean + TensorPrimitives.Dot<double>(kernel, _alpha.AsSpan(0, _n)), Math.Sqrt(variance));
    }

    /// <summary>The same with the gradients over the coordinates of active numbers; 0 for all others.</summary>
    /// <param name="x">Coordinates, shape (d).</param>
    /// <param name="dMean">Receives the gradient of the mean, shape (d).</param>
    /// <param name="dDeviation">Receives the gradient of the deviation, shape (d).</param>
    public (double Mean, double Deviation) Predict(ReadOnlySpan<double> x, Span<double> dMean, Span<double> dDeviation)
    {
        (double mean, double deviation) = Predict(x);
        _factor.SolveUpper(_solved.AsSpan(0, _n));
        double[] jointSlopes = _kernel;
        Matern.Decays(_joint.AsSpan(0, _n), _decays.AsSpan(0, _n));
        for (int i = 0; i < _n; i++)
        {
            jointSlopes[i] = _jointVariance * Matern.Slope(_joint[i], _decays[i]) / 3;
        }

        for (int k = 0; k < _coding.Dimensions; k++)
        {
            (dMean[k], double dVariance) =
                _coding.IsNumber(k) && !double.IsNaN(x[k]) ? Slopes(k, x[k], jointSlopes) : (0, 0);
            dDeviation[k] = dVariance / (2 * deviation);
        }

        return (mean, deviation);
    }

    /// <summary>Positions of the learnt points that say most about a point, most first.</summary>
    /// <param name="x">Coordinates, shape (d).</param>
    /// <param name="most">How many at most.</param>
    public int[] MostTelling(ReadOnlySpan<double> x, int most)
    {
        WriteKernel(x);
        double[] kernel = _kernel[..Expected.Length];
        return [.. Enumerable.Range(0, kernel.Length).OrderByDescending(i => kernel[i]).Take(most)];
    }

    private (double DMean, double DVariance) Slopes(int k, double x, ReadOnlySpan<double> jointSlopes)
    {
        double rate = _ownRates[k];
        double own = _ownVariances[k] * rate * rate / 3;
        double dMean = 0;
        double dVariance = 0;
        WriteDistances(k, x);
        TensorPrimitives.Multiply(_t.AsSpan(0, _n), rate, _t.AsSpan(0, _n));
        WriteOwnDecays(k);
        for (int i = 0; i < _n; i++)
        {
            double other = _columns[k][i];
            double off = (double.IsNaN(other) ? SpaceCoding.Imagined : other) - x;
            double slope = ((own * Matern.Slope(_t[i], _decays[i])) + (_jointWeights[k] * jointSlopes[i])) * off;
            dMean += _alpha[i] * slope;
            dVariance -= 2 * _solved[i] * slope;
        }

        return (dMean, dVariance);
    }

    private void Append(double[] x, double residual, double noise)
    {
        double[] row = new double[_n + 1];
        double self = WriteKernel(x) + _noise + noise;
        _kernel.AsSpan(0, _n).CopyTo(row);
        row[_n] = self;
        for (double jitter = FirstJitter; !_factor.TryAppend(row); jitter *= 10)
        {
            row[_n] = self + jitter;
        }

        for (int k = 0; k < x.Length; k++)
        {
            _columns[k][_n] = x[k];
        }

        _residuals[_n++] = residual;
    }

    private void Solve()
    {
        Span<double> alpha = _alpha.AsSpan(0, _n);
        _residuals.AsSpan(0, _n).CopyTo(alpha);
        _factor.SolveLower(alpha);
        _factor.SolveUpper(alpha);
    }

    // Writes the kernel between x and every known point, and t of its joint part; returns the kernel of x with itself.
    private double WriteKernel(ReadOnlySpan<double> x)
    {
        Span<double> kernel = _kernel.AsSpan(0, _n);
        Span<double> joint = _joint.AsSpan(0, _n);
        Span<double> t = _t.AsSpan(0, _n);
        double self = _jointVariance;
        kernel.Clear();
        joint.Clear();
        for (int k = 0; k < x.Length; k++)
        {
            WriteDistances(k, x[k]);
            TensorPrimitives.Multiply(t, t, _decays.AsSpan(0, _n));
            TensorPrimitives.MultiplyAdd(_decays.AsSpan(0, _n), _jointWeights[k], joint, joint);
            if (!double.IsNaN(x[k]))
            {
                TensorPrimitives.Multiply(t, _ownRates[k], t);
                AddOwn(k);
                self += _ownVariances[k];
            }
        }

        TensorPrimitives.Sqrt(joint, joint);
        Matern.Decays(joint, _decays.AsSpan(0, _n));
        for (int i = 0; i < kernel.Length; i++)
        {
            kernel[i] += _jointVariance * Matern.Value(joint[i], _decays[i]);
        }

        return self;
    }

    private void AddOwn(int k)
    {
        WriteOwnDecays(k);
        double variance = _ownVariances[k];
        for (int i = 0; i < _n; i++)
        {
            _kernel[i] += variance * Matern.Value(_t[i], _decays[i]);
        }
    }

    // exp(-t) of a coordinate's own part; 0 where a known point has the coordinate inactive.
    private void WriteOwnDecays(int k)
    {
        Matern.Decays(_t.AsSpan(0, _n), _decays.AsSpan(0, _n));
        if (_coding.IsConditional(k))
        {
            double[] column = _columns[k];
            for (int i = 0; i < _n; i++)
            {
                _decays[i] = double.IsNaN(column[i]) ? 0 : _decays[i];
            }
        }
    }

    private void WriteDistances(int k, double x)
    {
        Span<double> t = _t.AsSpan(0, _n);
        ReadOnlySpan<double> column = _columns[k].AsSpan(0, _n);
        bool isNumber = _coding.IsNumber(k);
        if (isNumber && !_coding.IsConditional(k))
        {
            TensorPrimitives.Subtract(column, x, t);
            TensorPrimitives.Abs(t, t);
            return;
        }

        for (int i = 0; i < t.Length; i++)
        {
            t[i] = PairDistances.Between(isNumber, column[i], x);
        }
    }
}
