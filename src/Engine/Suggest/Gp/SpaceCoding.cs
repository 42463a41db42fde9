using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Gp;

/// <summary>
/// The coordinates in which the Gaussian process sees the points of a space. A numeric parameter's latent axis is scaled so
/// that its prior fills [0, 1]: its bounds, or three deviations to either side. An integer of randint counts as a number. An
/// option is its index, of which only equality counts. NaN = inactive.
/// </summary>
internal sealed class SpaceCoding
{
    /// <summary>Where on its axis an inactive number is imagined, so that the distance to active ones is small.</summary>
    public const double Imagined = 0.5;

    private const double DeviationsInUnit = 6;
    private const double FarthestDeviation = 4;

    // Nothing is farther out: a given value may be, so far that squares of distances are no numbers any more.
    private const double Farthest = 1e6;

    // A small part of the cells of the first and of the last integer is left out, so that no value lies on their edges.
    private const double HalfCell = 0.499;

    private readonly NumericPrior?[] _numbers;
    private readonly double[][] _options;

    /// <summary>The coordinates of <paramref name="space"/>.</summary>
    public SpaceCoding(SearchSpace space)
    {
        Space = space;
        _numbers = [.. space.Parameters.Select(parameter => NumberOf(parameter.Prior))];
        _options = [.. space.Parameters.Select(parameter => OptionsOf(parameter.Prior))];
    }

    /// <summary>The space.</summary>
    public SearchSpace Space { get; }

    /// <summary>How many parameters it has.</summary>
    public int Dimensions => _numbers.Length;

    /// <summary>Whether a parameter has an order; if not, it is a choice.</summary>
    public bool IsNumber(int parameter) => _numbers[parameter] is not null;

    /// <summary>Whether a parameter may be inactive.</summary>
    public bool IsConditional(int parameter) => !Space.Parameters[parameter].Conditions.IsEmpty;

    /// <summary>Whether a number takes any value between its bounds.</summary>
    public bool IsContinuous(int parameter) => _numbers[parameter] is { Q: 0 };

    /// <summary>The options of a choice that are possible; none for a number.</summary>
    public ReadOnlySpan<double> Options(int parameter) => _options[parameter];

    /// <summary>The smallest coordinate of a number that is searched.</summary>
    public double Low(int parameter) =>
        _numbers[parameter] is { IsBounded: true } ? 0 : Imagined - (FarthestDeviation / DeviationsInUnit);

    /// <summary>The largest coordinate of a number that is searched.</summary>
    public double High(int parameter) =>
        _numbers[parameter] is { IsBounded: true } ? 1 : Imagined + (FarthestDeviation / DeviationsInUnit);

    /// <summary>The coordinates of a point. Shape (<see cref="Dimensions"/>).</summary>
    public double[] Encode(Point point)
    {
        double[] x = new double[Dimensions];
        for (int parameter = 0; parameter < x.Length; parameter++)
        {
            x[parameter] = Encode(parameter, point[parameter]);
        }

        return x;
    }

    /// <summary>The coordinate of a raw value; NaN for NaN.</summary>
    public double Encode(int parameter, double raw)
    {
        if (double.IsNaN(raw) || _numbers[parameter] is not { } prior)
        {
            return raw;
        }

        double latent = prior.ToLatent(raw);
        return prior.IsBounded
            ? (latent - prior.Low) / prior.Sigma
            : Math.Clamp(Imagined + ((latent - prior.Mu) / prior.Sigma / DeviationsInUnit), -Farthest, Farthest);
    }

    /// <summary>The raw value at a coordinate, rounded as its distribution rounds; NaN for NaN.</summary>
    public double Decode(int parameter, double x)
    {
        if (double.IsNaN(x) || _numbers[parameter] is not { } prior)
        {
            return x;
        }

        return prior.ToValue(
            prior.IsBounded
                ? Math.Clamp(prior.Low + (x * prior.Sigma), prior.Low, Math.BitDecrement(prior.High))
                : prior.Mu + ((x - Imagined) * DeviationsInUnit * prior.Sigma)
        );
    }

    /// <summary>The coordinate of the possible value next to <paramref name="x"/>.</summary>
    public double Snap(int parameter, double x) =>
        IsContinuous(parameter) || !IsNumber(parameter) ? x : Encode(parameter, Decode(parameter, x));

    /// <summary>The coordinate of the value so many steps away from that at <paramref name="x"/>; NaN beyond the bounds.</summary>
    /// <param name="parameter">A number that is not continuous.</param>
    /// <param name="x">Its coordinate.</param>
    /// <param name="steps">How many steps, upwards or downwards.</param>
    public double Neighbour(int parameter, double x, int steps)
    {
        NumericPrior prior = _numbers[parameter]!.Value;
        double raw = Decode(parameter, x) + (steps * prior.Q);
        double next = prior.IsLog && raw <= 0 ? double.NaN : Encode(parameter, raw);
        return next >= Low(parameter) && next <= High(parameter) ? Snap(parameter, next) : double.NaN;
    }

    private static double[] OptionsOf(Distribution prior) =>
        prior switch
        {
            Distribution.Choice choice => [.. Enumerable.Range(0, choice.Count).Select(option => (double)option)],
            Distribution.PChoice choice =>
            [
                .. choice.Probabilities.Index().Where(o => o.Item > 0).Select(o => (double)o.Index),
            ],
            _ => [],
        };

    private static NumericPrior? NumberOf(Distribution prior) =>
        prior is Distribution.RandInt integer
            ? NumericPrior.Of(new Distribution.UniformInt(integer.Low - HalfCell, integer.High - 1 + HalfCell))
            : NumericPrior.Of(prior);
}
