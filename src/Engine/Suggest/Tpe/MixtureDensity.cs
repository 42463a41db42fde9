using System.Numerics.Tensors;
using FunctionTune.Numerics;

namespace FunctionTune.Suggest.Tpe;

/// <summary>The logarithm of a mixture's density, or of its mass, at many values.</summary>
/// <remarks>
/// Most components of a long history have the smallest deviation. They are sorted by their means, so that only those are
/// looked at that are near enough to a value to matter there; the others, the wide ones, always are.
/// </remarks>
internal readonly ref struct MixtureDensity
{
    // What is left out of an exact density is less than this part of it.
    private const double Negligible = 1e-14;

    // A quick density leaves out what is farther away than this, in deviations.
    private const double Near = 3;

    // Below this sum, terms that were cut off by underflow may matter.
    private const double NearUnderflow = 1e-250;

    private readonly GaussianSum _wide;
    private readonly GaussianSum _narrow;
    private readonly double _narrowest;
    private readonly double _reach;
    private readonly double _priorMu;
    private readonly double _priorPrecision;

    /// <summary>The densities of <paramref name="mixture"/>, which is used up: its memory becomes part of them.</summary>
    /// <param name="mixture">The mixture of k components.</param>
    /// <param name="prior">The component that is the prior, the widest.</param>
    /// <param name="workspace">Memory for as long as the densities are used. Shape (<see cref="Memory"/>).</param>
    public MixtureDensity(ParzenMixture mixture, int prior, Span<double> workspace)
    {
        int count = mixture.Mus.Length;
        Span<double> mus = workspace[..count];
        Span<double> precisions = workspace.Slice(count, count);
        Span<double> weights = workspace.Slice(2 * count, count);
        Span<double> terms = workspace.Slice(3 * count, count);
        _narrowest = TensorPrimitives.Min<double>(mixture.Sigmas);
        _priorMu = mixture.Mus[prior];
        _priorPrecision = 1 / mixture.Sigmas[prior];
        _reach = 2 * Math.Log(Math.Max(1, 1 / _narrowest / (mixture.Weights[prior] * _priorPrecision) / Negligible));
        int wide = 0;
        for (int i = 0; i < count; i++)
        {
            if (mixture.Sigmas[i] > _narrowest || i == prior)
            {
                mus[wide] = mixture.Mus[i];
                precisions[wide] = 1 / mixture.Sigmas[i];
                weights[wide++] = mixture.Weights[i];
                mixture.Weights[i] = 0;
            }
        }

        mixture.Sigmas.Fill(1 / _narrowest);
        _wide = new GaussianSum(weights[..wide], mus[..wide], precisions[..wide], terms);
        _narrow = new GaussianSum(mixture.Weights, mixture.Mus, mixture.Sigmas, terms);
    }

    /// <summary>How much memory the densities of a mixture need, in numbers.</summary>
    public static int Memory(in ParzenMixture mixture) => 4 * mixture.Mus.Length;

    /// <summary>The logarithm of the density at <paramref name="x"/> of the mixture without bounds.</summary>
    /// <param name="x">A value on the latent axis. Range: finite.</param>
    public double LogAt(double x)
    {
        // The prior's own term is its height times exp(-z²/2). All narrow components farther away than this together
        // stay below it by the factor Negligible.
        double z = (x - _priorMu) * _priorPrecision;
        return LogWithin(x, _narrowest * Math.Sqrt((z * z) + _reach));
    }

    /// <summary>Quickly found, and never above <see cref="LogAt"/> but for rounding.</summary>
    /// <param name="x">A value on the latent axis. Range: finite.</param>
    public double AtMostLogAt(double x) => LogWithin(x, _narrowest * Near);

    /// <summary>The logarithm of the mass between two values.</summary>
    /// <param name="lower">A value on the latent axis; may be minus infinity.</param>
    /// <param name="upper">A value on the latent axis, not below <paramref name="lower"/>; may be infinity.</param>
    public double LogBetween(double lower, double upper)
    {
        // Farther away, both distribution functions are exactly 0, or exactly 1.
        double radius = _narrowest * Gaussian.Reach;
        GaussianSum near = _narrow.Between(lower - radius, upper + radius);
        return Math.Log(_wide.Mass(lower, upper) + near.Mass(lower, upper));
    }

    private double LogWithin(double x, double radius)
    {
        double sum = _wide.Density(x) + _narrow.Between(x - radius, x + radius).Density(x);
        return (sum > NearUnderflow ? Math.Log(sum) : LogOfTiny(x)) - Gaussian.LogSqrtTwoPi;
    }

    // All terms are tiny: that of the nearest component, in its own deviations, is taken out of the sum.
    private double LogOfTiny(double x)
    {
        double exponent = Math.Max(_wide.LargestExponent(x), _narrow.LargestExponent(x));
        return Math.Log(_wide.Density(x, exponent) + _narrow.Density(x, exponent)) + exponent;
    }
}
