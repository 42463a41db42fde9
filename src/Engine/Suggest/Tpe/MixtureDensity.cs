using System.Numerics.Tensors;
using FunctionTune.Numerics;

namespace FunctionTune.Suggest.Tpe;

/// <summary>The logarithm of a mixture's density, or of its mass, at many values.</summary>
/// <remarks>
/// Most components of a long history share the smallest deviation. They are laid side by side, sorted by mean, so that only
/// those are looked at that are near enough to a value to change its density in double precision.
/// </remarks>
internal readonly ref struct MixtureDensity
{
    // What is left out may change a density by this much, relatively.
    private const double Negligible = 1e-17;

    // Below this sum, terms that were lost to underflow may matter.
    private const double NearUnderflow = 1e-250;

    private readonly ReadOnlySpan<double> _mus;
    private readonly ReadOnlySpan<double> _precisions;
    private readonly ReadOnlySpan<double> _weights;
    private readonly Span<double> _scratch;
    private readonly int _wide;
    private readonly int _prior;
    private readonly double _narrowest;
    private readonly double _reach;

    /// <summary>The densities of <paramref name="mixture"/>.</summary>
    /// <param name="mixture">The mixture of k components.</param>
    /// <param name="prior">The component that is the prior, the widest.</param>
    /// <param name="workspace">Memory for as long as the densities are used. Shape (at least 4 k).</param>
    public MixtureDensity(scoped in ParzenMixture mixture, int prior, Span<double> workspace)
    {
        int count = mixture.Mus.Length;
        Span<double> mus = workspace[..count];
        Span<double> precisions = workspace.Slice(count, count);
        Span<double> weights = workspace.Slice(2 * count, count);
        _narrowest = TensorPrimitives.Min<double>(mixture.Sigmas);
        int wide = 0;
        int narrow = count;
        double narrowWeight = 0;

        // Backwards, so that the narrow ones come to stand in order at the end and the wide ones at the beginning.
        for (int i = count - 1; i >= 0; i--)
        {
            bool isNarrow = mixture.Sigmas[i] == _narrowest && i != prior;
            int place = isNarrow ? --narrow : wide++;
            _prior = i == prior ? place : _prior;
            mus[place] = mixture.Mus[i];
            precisions[place] = 1 / mixture.Sigmas[i];
            weights[place] = mixture.Weights[i];
            narrowWeight += isNarrow ? mixture.Weights[i] : 0;
        }

        _mus = mus;
        _precisions = precisions;
        _weights = weights;
        _scratch = workspace.Slice(3 * count, count);
        _wide = wide;
        double priorHeight = weights[_prior] * precisions[_prior];
        _reach = 2 * Math.Log(Math.Max(1, narrowWeight / _narrowest / priorHeight / Negligible));
    }

    /// <summary>The logarithm of the density at <paramref name="x"/> of the mixture without bounds.</summary>
    /// <param name="x">A value on the latent axis. Range: finite.</param>
    public double LogAt(double x)
    {
        // The prior's own term is at least exp(-z²/2) times its height. All narrow components farther away than this
        // together stay below it by the factor Negligible.
        double z = (x - _mus[_prior]) * _precisions[_prior];
        double radius = _narrowest * Math.Sqrt((z * z) + _reach);
        (int from, int to) = Narrow(x - radius, x + radius);
        double sum = Sum(x, 0, _wide) + Sum(x, from, to);
        return (sum > NearUnderflow ? Math.Log(sum) : LogOfTiny(x)) - Gaussian.LogSqrtTwoPi;
    }

    /// <summary>The logarithm of the mass between two values.</summary>
    /// <param name="lower">A value on the latent axis; may be minus infinity.</param>
    /// <param name="upper">A value on the latent axis, not below <paramref name="lower"/>; may be infinity.</param>
    public double LogBetween(double lower, double upper)
    {
        // Farther away, both distribution functions are exactly 0, or exactly 1.
        double radius = _narrowest * Gaussian.Reach;
        (int from, int to) = Narrow(lower - radius, upper + radius);
        return Math.Log(Mass(lower, upper, 0, _wide) + Mass(lower, upper, from, to));
    }

    private (int From, int To) Narrow(double lower, double upper)
    {
        ReadOnlySpan<double> mus = _mus[_wide..];
        return (_wide + CountBelow(mus, lower), _wide + CountBelow(mus, upper));
    }

    private static int CountBelow(ReadOnlySpan<double> sorted, double value)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private double Sum(double x, int from, int to)
    {
        Span<double> terms = Exponents(x, from, to);
        TensorPrimitives.Exp(terms, terms);
        double sum = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            sum += _weights[from + i] * _precisions[from + i] * terms[i];
        }

        return sum;
    }

    private double LogOfTiny(double x)
    {
        Span<double> exponents = Exponents(x, 0, _mus.Length);
        double largest = TensorPrimitives.Max<double>(exponents);
        double sum = 0;
        for (int i = 0; i < exponents.Length; i++)
        {
            sum += _weights[i] * _precisions[i] * Math.Exp(exponents[i] - largest);
        }

        return Math.Log(sum) + largest;
    }

    private Span<double> Exponents(double x, int from, int to)
    {
        Span<double> exponents = _scratch[from..to];
        TensorPrimitives.Subtract(_mus[from..to], x, exponents);
        TensorPrimitives.Multiply(exponents, _precisions[from..to], exponents);
        TensorPrimitives.Multiply(exponents, exponents, exponents);
        TensorPrimitives.Multiply(exponents, -0.5, exponents);
        return exponents;
    }

    private double Mass(double lower, double upper, int from, int to)
    {
        double sum = 0;
        for (int i = from; i < to; i++)
        {
            double below = Gaussian.Cdf((upper - _mus[i]) * _precisions[i]);
            sum += _weights[i] * (below - Gaussian.Cdf((lower - _mus[i]) * _precisions[i]));
        }

        return sum;
    }
}
