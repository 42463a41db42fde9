using System.Numerics.Tensors;
using FunctionTune.Numerics;

namespace FunctionTune.Suggest.Gp;

/// <summary>
/// How likely losses are under a kernel, with their mean profiled out: minus the log marginal likelihood and its gradient over
/// the logarithms of the kernel's parameters.
/// </summary>
/// <remarks>Rasmussen, Williams, "Gaussian processes for machine learning", 2006, equations 5.8 and 5.9.</remarks>
internal sealed class MarginalLikelihood
{
    private readonly PairDistances _distances;
    private readonly int _n;
    private readonly Cholesky _factor;
    private readonly double[] _extraNoise;
    private readonly double[] _joint;
    private readonly double[] _kernel;
    private readonly double[] _t;
    private readonly double[] _decays;
    private readonly double[] _weights;
    private readonly double[] _inverse;
    private readonly double[] _scratch;
    private readonly double[] _row;
    private readonly double[] _ones;
    private readonly double[] _alpha;
    private readonly double[] _diagonal;

    /// <summary>The likelihood at some points.</summary>
    /// <param name="distances">How far they are apart.</param>
    public MarginalLikelihood(PairDistances distances)
    {
        _distances = distances;
        _n = distances.Size;
        _factor = new Cholesky(_n);
        _extraNoise = new double[_n];
        _joint = new double[distances.Pairs];
        _kernel = new double[distances.Pairs];
        _t = new double[distances.Pairs];
        _decays = new double[distances.Pairs];
        _weights = new double[distances.Pairs];
        _inverse = new double[_n * (_n + 1) / 2];
        _scratch = new double[_n * _n];
        _row = new double[_n];
        _ones = new double[_n];
        _alpha = new double[_n];
        _diagonal = new double[_n];
    }

    /// <summary>Variance of each loss that is known, on top of the estimated noise. Shape (n); 0 where it is not known.</summary>
    public Span<double> ExtraNoise => _extraNoise;

    /// <summary>Minus the log likelihood of some losses, and its gradient.</summary>
    /// <param name="theta">Logarithms of the kernel's parameters.</param>
    /// <param name="losses">Standardised losses, shape (n).</param>
    /// <param name="gradient">Receives the gradient. Shape of <paramref name="theta"/>.</param>
    /// <returns>NaN when the kernel's matrix is singular.</returns>
    public double Evaluate(ReadOnlySpan<double> theta, ReadOnlySpan<double> losses, Span<double> gradient)
    {
        if (!TryFactorize(theta))
        {
            return double.NaN;
        }

        double value = Of(losses);
        _factor.Invert(_inverse, _scratch);
        for (int i = 0, pair = 0, at = 0; i < _n; i++, at++)
        {
            for (int j = 0; j < i; j++, pair++, at++)
            {
                _weights[pair] = (_alpha[i] * _alpha[j]) - _inverse[at];
            }

            _diagonal[i] = 0.5 * ((_alpha[i] * _alpha[i]) - _inverse[at]);
        }

        WriteGradient(new KernelParameters(theta), gradient);
        return value;
    }

    /// <summary>Makes the kernel's matrix ready for <see cref="Of"/>.</summary>
    /// <param name="theta">Logarithms of the kernel's parameters.</param>
    /// <returns>Whether it is positive definite.</returns>
    public bool TryFactorize(ReadOnlySpan<double> theta)
    {
        var parameters = new KernelParameters(theta);
        WriteKernel(parameters);
        _factor.Truncate(0);
        for (int i = 0, pair = 0; i < _n; pair += i, i++)
        {
            _kernel.AsSpan(pair, i).CopyTo(_row);
            _row[i] = parameters.JointVariance + parameters.Noise + _extraNoise[i];
            for (int k = 0; k < _distances.Dimensions; k++)
            {
                ReadOnlySpan<double> active = _distances.Active(k);
                _row[i] += parameters.OwnVariance(k) * (active.IsEmpty ? 1 : active[i]);
            }

            if (!_factor.TryAppend(_row.AsSpan(0, i + 1)))
            {
                return false;
            }
        }

        _ones.AsSpan().Fill(1);
        _factor.SolveLower(_ones);
        return true;
    }

    /// <summary>Minus the log likelihood of some losses under the kernel made ready.</summary>
    /// <param name="losses">Standardised losses, shape (n).</param>
    public double Of(ReadOnlySpan<double> losses)
    {
        losses.CopyTo(_alpha);
        _factor.SolveLower(_alpha);
        double mean = TensorPrimitives.Dot<double>(_alpha, _ones) / TensorPrimitives.SumOfSquares<double>(_ones);
        TensorPrimitives.MultiplyAdd<double>(_ones, -mean, _alpha, _alpha);
        double misfit = TensorPrimitives.SumOfSquares<double>(_alpha);
        _factor.SolveUpper(_alpha);
        return (0.5 * (misfit + _factor.LogDeterminant())) + (_n * Gaussian.LogSqrtTwoPi);
    }

    private void WriteKernel(in KernelParameters parameters)
    {
        _joint.AsSpan().Clear();
        for (int k = 0; k < _distances.Dimensions; k++)
        {
            TensorPrimitives.Multiply(_distances.In(k), _distances.In(k), _t);
            TensorPrimitives.MultiplyAdd(_t, 5 * parameters.JointWeight(k), _joint, _joint);
        }

        TensorPrimitives.Sqrt(_joint, _joint);
        Matern.Decays(_joint, _decays);
        double variance = parameters.JointVariance;
        for (int pair = 0; pair < _kernel.Length; pair++)
        {
            _kernel[pair] = variance * Matern.Value(_joint[pair], _decays[pair]);
        }

        for (int k = 0; k < _distances.Dimensions; k++)
        {
            WriteOwnDecays(k, parameters);
            variance = parameters.OwnVariance(k);
            for (int pair = 0; pair < _kernel.Length; pair++)
            {
                _kernel[pair] += variance * Matern.Value(_t[pair], _decays[pair]);
            }
        }
    }

    // exp(-t) of a coordinate's own part; 0 where the coordinate is inactive in one of the two points.
    private void WriteOwnDecays(int coordinate, in KernelParameters parameters)
    {
        TensorPrimitives.Multiply(_distances.In(coordinate), Matern.Rate * parameters.OwnScale(coordinate), _t);
        Matern.Decays(_t, _decays);
        ReadOnlySpan<double> shared = _distances.Shared(coordinate);
        if (!shared.IsEmpty)
        {
            TensorPrimitives.Multiply(_decays, shared, _decays);
        }
    }

    private void WriteGradient(in KernelParameters parameters, Span<double> gradient)
    {
        int d = _distances.Dimensions;
        double diagonal = TensorPrimitives.Sum<double>(_diagonal);
        gradient[^1] = -parameters.Noise * diagonal;
        for (int k = 0; k < d; k++)
        {
            WriteOwnDecays(k, parameters);
            ReadOnlySpan<double> active = _distances.Active(k);
            double value = active.IsEmpty ? diagonal : TensorPrimitives.Dot(active, _diagonal);
            double slope = 0;
            for (int pair = 0; pair < _weights.Length; pair++)
            {
                double t = _t[pair];
                double weighted = _weights[pair] * _decays[pair];
                value += Matern.Value(t, weighted);
                slope += Matern.Slope(t, weighted) * t * t;
            }

            gradient[KernelParameters.OwnVarianceAt(k, d)] = -parameters.OwnVariance(k) * value;
            gradient[KernelParameters.OwnLengthAt(k, d)] = -parameters.OwnVariance(k) * slope / 3;
        }

        Matern.Decays(_joint, _decays);
        double joint = diagonal;
        for (int pair = 0; pair < _weights.Length; pair++)
        {
            double weighted = _weights[pair] * _decays[pair];
            joint += Matern.Value(_joint[pair], weighted);
            _weights[pair] = Matern.Slope(_joint[pair], weighted);
        }

        gradient[0] = -parameters.JointVariance * joint;
        for (int k = 0; k < d; k++)
        {
            TensorPrimitives.Multiply(_distances.In(k), _distances.In(k), _t);
            double slope = 5.0 / 3 * parameters.JointWeight(k) * TensorPrimitives.Dot<double>(_weights, _t);
            gradient[KernelParameters.JointLengthAt(k)] = -parameters.JointVariance * slope;
        }
    }
}
