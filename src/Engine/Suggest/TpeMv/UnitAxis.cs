using FunctionTune.Spaces;

namespace FunctionTune.Suggest.TpeMv;

/// <summary>
/// The latent axis of a numeric parameter in its own unit: [0, 1) between the bounds, or deviations from the mean where there
/// are none. Whatever the bounds of a parameter, its search looks the same here.
/// </summary>
/// <param name="prior">The parameter's prior.</param>
internal readonly struct UnitAxis(NumericPrior prior)
{
    /// <summary>Standard deviation of a uniform variable on [0, 1).</summary>
    private const double UniformDeviation = 0.28867513459481287;

    // Where there are no bounds, nothing is suggested farther out than this many deviations (NumericPrior.Within).
    private const double Farthest = 10;

    private readonly NumericPrior _prior = prior;

    /// <summary>Whether places lie between 0 and 1.</summary>
    public bool IsBounded => _prior.IsBounded;

    /// <summary>Whether values are rounded.</summary>
    public bool IsRounded => _prior.Q > 0;

    /// <summary>Standard deviation of the prior on this axis.</summary>
    public double Deviation => IsBounded ? UniformDeviation : 1;

    /// <summary>The place of a value of the latent axis; what was rounded past a bound stands on the bound.</summary>
    public double PlaceOf(double latent) =>
        IsBounded
            ? Math.Clamp((latent - _prior.Low) / _prior.Sigma, 0, 1)
            : Math.Clamp((latent - _prior.Mu) / _prior.Sigma, -Farthest, Farthest);

    /// <summary>The raw value at a place.</summary>
    public double ValueAt(double place) =>
        _prior.ToValue(
            _prior.Within(IsBounded ? _prior.Low + (place * _prior.Sigma) : _prior.Mu + (place * _prior.Sigma))
        );

    /// <summary>The place where a draw ends up once its value is rounded and kept within the support.</summary>
    public double Settle(double place) => IsRounded || !IsBounded ? PlaceOf(_prior.ToLatent(ValueAt(place))) : place;

    /// <summary>Log density of the prior at a place.</summary>
    public double LogPrior(double place) => IsBounded ? 0 : Numerics.Gaussian.LogPdf(place);

    /// <summary>Half the width of the interval of places about <paramref name="place"/> that share its rounded value; 0 without rounding.</summary>
    public double HalfCell(double place)
    {
        if (!IsRounded)
        {
            return 0;
        }

        (double lower, double upper) = _prior.LatentCell(ValueAt(place));
        return Math.Max(0, (upper - lower) / _prior.Sigma / 2);
    }
}
