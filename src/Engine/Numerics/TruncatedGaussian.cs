using MathNet.Numerics;

namespace FunctionTune.Numerics;

/// <summary>A normal distribution that is cut off at two bounds, however far in one of its tails they lie.</summary>
/// <remarks>
/// Everything is measured from an anchor: the mean when it lies between the bounds, else the bound nearer to it. The density
/// there may underflow, or its logarithm lose all digits; it cancels. Lengths in deviations are counted from the nearer
/// bound, towards the farther one.
/// </remarks>
internal readonly struct TruncatedGaussian
{
    // Where the density changes by less than this, differences of Mills' ratios lose digits and quadrature does not.
    private const double Narrow = 0.1;

    // Draws are quantiles of 2^52 numbers, evenly spaced and centred, none of them 0 or 1.
    private const double Grain = 1.0 / (1UL << 52);

    // Enough for all digits, from the starts that are used.
    private const int NewtonSteps = 4;

    private readonly double _mean;
    private readonly double _sigma;
    private readonly double _low;
    private readonly double _high;
    private readonly bool _mirrored;
    private readonly double _near;
    private readonly double _width;
    private readonly Interval _interval;
    private readonly double _anchor;
    private readonly double _logVolume;

    /// <summary>The distribution.</summary>
    /// <param name="mean">The mean before the cut, which may lie outside the bounds. Range: finite.</param>
    /// <param name="sigma">The deviation before the cut. Range: finite, above 0.</param>
    /// <param name="low">The lower bound, or -infinity.</param>
    /// <param name="high">The upper bound, or infinity. Range: above <paramref name="low"/>.</param>
    public TruncatedGaussian(double mean, double sigma, double low, double high)
    {
        (_mean, _sigma, _low, _high) = (mean, sigma, low, high);
        _mirrored = low - mean > mean - high;
        _near = InDeviations(_mirrored ? mean - low : high - mean);
        _width = (high - low) / sigma;
        bool narrow = _width * Math.Max(1, Math.Abs(_near - (_width / 2))) <= Narrow;
        _interval =
            narrow ? Interval.Narrow
            : _near > 0 ? Interval.AroundMean
            : Interval.InTail;
        (_anchor, _logVolume) = _interval switch
        {
            Interval.Narrow => (Nearer, Math.Log(high - low) + Math.Log(AverageDensity(1))),
            Interval.InTail => (Nearer, Math.Log(sigma) + Math.Log(MillsRatio.Of(-_near)) + Math.Log(1 - TailBeyond())),
            _ => (mean, Math.Log(sigma) + Gaussian.LogSqrtTwoPi + SpecialFunctions.Log1p(-MassOutside)),
        };
    }

    private enum Interval
    {
        Narrow,
        InTail,
        AroundMean,
    }

    /// <summary>The logarithm of the probability that the distribution had between the bounds before it was cut.</summary>
    public double LogMass => Gaussian.LogPdf(InDeviations(_anchor - _mean)) + _logVolume - Math.Log(_sigma);

    private double Nearer => _mirrored ? _low : _high;

    private double MassOutside => Gaussian.Tail(_near) + Gaussian.Tail(_width - _near);

    /// <summary>The logarithm of the density; -infinity outside the bounds.</summary>
    public double LogDensity(double x)
    {
        if (!(_low <= x && x <= _high))
        {
            return double.NegativeInfinity;
        }

        // Half the difference of two squares, as a product: one factor may be infinite where the other is 0.
        double distance = InDeviations(x - _anchor);
        double sum = InDeviations(x - _mean) + InDeviations(_anchor - _mean);
        return (distance == 0 || sum == 0 ? 0 : -0.5 * distance * sum) - _logVolume;
    }

    /// <summary>A value between the bounds.</summary>
    /// <param name="random">The generator; one number is taken from it.</param>
    public double Draw(Pcg64 random) => Quantile(((random.NextUInt64() >> 12) + 0.5) * Grain);

    /// <summary>The value that the variable is below with the given probability.</summary>
    /// <param name="probability">Range: 2^-53 to 1 - 2^-53.</param>
    /// <returns>Never outside the bounds.</returns>
    public double Quantile(double probability)
    {
        // The probabilities that a value is nearer to the nearer bound, and farther from it.
        (double share, double rest) = _mirrored ? (probability, 1 - probability) : (1 - probability, probability);
        double offset = _interval switch
        {
            Interval.Narrow => -NarrowDistance(share) * (_high - _low),
            Interval.InTail => -TailDistance(share, rest) * _sigma,
            _ => QuantileAroundMean(share, rest) * _sigma,
        };
        double from = _interval is Interval.AroundMean ? _mean : Nearer;
        return Math.Clamp(_mirrored ? from - offset : from + offset, _low, _high);
    }

    // M(far) phi(far) / (M(near) phi(near)): how much of the tail from the nearer bound on lies beyond the farther one.
    private double TailBeyond() =>
        MillsRatio.Of(_width - _near) / MillsRatio.Of(-_near) * Math.Exp(-_width * ((_width / 2) - _near));

    // t with M(B + t) phi(B + t) / (M(B) phi(B)) = 1 - share (1 - beyond), where B = -near, by Newton's method on logarithms.
    // They are concave in t, so that it cannot stray.
    private double TailDistance(double share, double rest)
    {
        double start = MillsRatio.Of(-_near);
        double beyond = TailBeyond();
        double log = share < rest ? -SpecialFunctions.Log1p(-share * (1 - beyond)) : -Math.Log(rest + (share * beyond));
        double t = 2 * log * start / (1 + Math.Sqrt(1 + (2 * log * start * start)));
        for (int step = 0; step < NewtonSteps; step++)
        {
            double ratio = MillsRatio.Of(t - _near);
            t -= ((t * ((t / 2) - _near)) - Math.Log(ratio / start) - log) * ratio;
        }

        return t;
    }

    // The part of the width, from the nearer bound on, that holds the share, by Newton's method.
    private double NarrowDistance(double share)
    {
        double wanted = share * AverageDensity(1);
        double part = share;
        for (int step = 0; step < NewtonSteps; step++)
        {
            part -= ((part * AverageDensity(part)) - wanted) / Density(part);
        }

        return part;
    }

    // Each tail from its own end, so that no digits are lost in either.
    private double QuantileAroundMean(double share, double rest)
    {
        double mass = 1 - MassOutside;
        double below = Gaussian.Tail(_width - _near) + (rest * mass);
        double above = Gaussian.Tail(_near) + (share * mass);
        return below < above ? Gaussian.Quantile(below) : -Gaussian.Quantile(above);
    }

    // Relative to the nearer bound, at a part of the width from there.
    private double Density(double part) => Math.Exp(-part * _width * ((part * _width / 2) - _near));

    // The average of Density from the nearer bound to a part of the width, by Gauss and Legendre with four nodes.
    private double AverageDensity(double part)
    {
        const double Inner = 0.339981043584856265;
        const double Outer = 0.861136311594052575;
        const double InnerWeight = 0.326072577431273072;
        const double OuterWeight = 0.173927422568726928;
        double half = part / 2;
        double inner = Density(half * (1 - Inner)) + Density(half * (1 + Inner));
        double outer = Density(half * (1 - Outer)) + Density(half * (1 + Outer));
        return (InnerWeight * inner) + (OuterWeight * outer);
    }

    private double InDeviations(double length) => Math.Clamp(length / _sigma, -double.MaxValue, double.MaxValue);
}
