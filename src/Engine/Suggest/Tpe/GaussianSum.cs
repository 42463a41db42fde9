using System.Numerics;
using System.Numerics.Tensors;
using FunctionTune.Numerics;

namespace FunctionTune.Suggest.Tpe;

/// <summary>A weighted sum of Gaussians.</summary>
/// <param name="weights">Weights, shape (k), at least 0.</param>
/// <param name="mus">Means, shape (k).</param>
/// <param name="precisions">One over the deviations, shape (k).</param>
/// <param name="memory">For the terms of a sum. Shape (at least k).</param>
internal readonly ref struct GaussianSum(
    ReadOnlySpan<double> weights,
    ReadOnlySpan<double> mus,
    ReadOnlySpan<double> precisions,
    Span<double> memory
)
{
    // exp of anything smaller adds nothing that is seen, and costs TensorPrimitives.Exp its speed.
    private const double SmallestExponent = -700;

    private readonly ReadOnlySpan<double> _weights = weights;
    private readonly ReadOnlySpan<double> _mus = mus;
    private readonly ReadOnlySpan<double> _precisions = precisions;
    private readonly Span<double> _memory = memory;

    /// <summary>Those with means from <paramref name="lower"/> up to but not at <paramref name="upper"/>; the means rise.</summary>
    public GaussianSum Between(double lower, double upper)
    {
        int from = CountBelow(lower);
        int to = CountBelow(upper);
        return new(_weights[from..to], _mus[from..to], _precisions[from..to], _memory);
    }

    /// <summary>The density at <paramref name="x"/> times sqrt(2 pi), and times exp(-<paramref name="exponent"/>).</summary>
    public double Density(double x, double exponent = 0)
    {
        Span<double> terms = _memory[.._mus.Length];
        WriteExponents(x, exponent, terms);
        TensorPrimitives.Exp(terms, terms);
        double sum = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            sum += _weights[i] * _precisions[i] * terms[i];
        }

        return sum;
    }

    /// <summary>The largest -z²/2 of a component that has a weight, where z is how far <paramref name="x"/> is off in deviations.</summary>
    public double LargestExponent(double x)
    {
        double largest = double.NegativeInfinity;
        for (int i = 0; i < _mus.Length; i++)
        {
            double z = (_mus[i] - x) * _precisions[i];
            largest = _weights[i] > 0 ? Math.Max(largest, z * z * -0.5) : largest;
        }

        return largest;
    }

    /// <summary>The mass between two values.</summary>
    public double Mass(double lower, double upper)
    {
        double sum = 0;
        for (int i = 0; i < _mus.Length; i++)
        {
            double below = Gaussian.Cdf((upper - _mus[i]) * _precisions[i]);
            sum += _weights[i] * (below - Gaussian.Cdf((lower - _mus[i]) * _precisions[i]));
        }

        return sum;
    }

    private void WriteExponents(double x, double exponent, Span<double> exponents)
    {
        int i = 0;
        for (; i <= _mus.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> distance = new Vector<double>(_mus[i..]) - new Vector<double>(x);
            Vector<double> z = distance * new Vector<double>(_precisions[i..]);
            Vector<double> shifted = (z * z * -0.5) - new Vector<double>(exponent);
            Vector.Max(shifted, new Vector<double>(SmallestExponent)).CopyTo(exponents[i..]);
        }

        for (; i < _mus.Length; i++)
        {
            double z = (_mus[i] - x) * _precisions[i];
            exponents[i] = Math.Max((z * z * -0.5) - exponent, SmallestExponent);
        }
    }

    private int CountBelow(double value)
    {
        int low = 0;
        int high = _mus.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _mus[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
