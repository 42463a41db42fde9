using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Cmaes;

/// <summary>
/// A numeric parameter as a coordinate of the search: its latent axis, moved and scaled so that bounds become 0 and 1, and
/// a Gaussian prior gets the middle and the deviation of a uniform one.
/// </summary>
internal sealed class CmaAxis
{
    private const double Middle = 0.5;

    private readonly NumericPrior _prior;
    private readonly double _unit;

    /// <summary>The coordinate of a parameter.</summary>
    /// <param name="parameter">Index of the parameter in its space.</param>
    /// <param name="prior">Its prior.</param>
    public CmaAxis(int parameter, NumericPrior prior)
    {
        (Parameter, _prior) = (parameter, prior);
        _unit = prior.IsBounded ? prior.Sigma : prior.Sigma * Math.Sqrt(12);
        Low = ToCoordinate(double.MinValue);
        High = ToCoordinate(double.MaxValue);
    }

    /// <summary>Index of the parameter in its space.</summary>
    public int Parameter { get; }

    /// <summary>The smallest coordinate.</summary>
    public double Low { get; }

    /// <summary>The largest coordinate.</summary>
    public double High { get; }

    /// <summary>The raw value at a coordinate.</summary>
    public double ToValue(double coordinate) => _prior.ToValue(ToLatent(coordinate));

    /// <summary>The coordinate of a raw value.</summary>
    public double OfValue(double value) => ToCoordinate(_prior.ToLatent(value));

    /// <summary>The coordinate at a quantile of the prior.</summary>
    public double OfQuantile(double probability) => ToCoordinate(PriorQuantile.Latent(_prior, probability));

    /// <summary>The nearest coordinate within the bounds.</summary>
    public double Within(double coordinate) => Math.Clamp(coordinate, Low, High);

    /// <summary>
    /// The deviation that draws about <paramref name="mean"/> need so that the value changes with a certain probability; 0 when
    /// it always does, or never can.
    /// </summary>
    /// <param name="mean">The coordinate.</param>
    /// <param name="probability">Range: above 0, below 0.5.</param>
    public double LeastDeviation(double mean, double probability)
    {
        if (_prior.Q == 0)
        {
            return 0;
        }

        (double lower, double upper) = _prior.LatentCell(ToValue(mean));
        double below = ToCoordinate(lower) > Low ? mean - ToCoordinate(lower) : double.PositiveInfinity;
        double above = ToCoordinate(upper) < High ? ToCoordinate(upper) - mean : double.PositiveInfinity;
        double nearest = Math.Max(0, Math.Min(below, above));
        return double.IsFinite(nearest) ? nearest / Gaussian.Quantile(1 - probability) : 0;
    }

    private double ToLatent(double coordinate) => _prior.Within(_prior.Mu + ((coordinate - Middle) * _unit));

    private double ToCoordinate(double latent) => Middle + ((_prior.Within(latent) - _prior.Mu) / _unit);
}
