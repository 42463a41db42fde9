using FunctionTune.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace FunctionTune.Suggest.Cmaes;

/// <summary>One descent of the search, from a start to where it no longer moves, and on to the next. Immutable.</summary>
/// <remarks>
/// Restarts with doubled generations: Auger, Hansen, "A restart CMA evolution strategy with increasing population size",
/// CEC 2005.
/// </remarks>
internal sealed class CmaRun
{
    private const double SmallestWidth = 1e-13;
    private const double SmallestGain = 1e-12;
    private const double LargestCondition = 1e14;

    private readonly CmaAxis[] _axes;
    private readonly ulong _seed;
    private readonly double _sigma;
    private readonly int _restarts;
    private readonly double _spread;
    private readonly double[] _bests;

    private CmaRun(CmaAxis[] axes, ulong seed, double sigma, int samples, int restarts)
        : this(
            axes,
            seed,
            sigma,
            samples,
            restarts,
            new CmaState(axes, Start(axes, seed, restarts), sigma, samples),
            spread: double.NaN,
            []
        ) { }

    private CmaRun(
        CmaAxis[] axes,
        ulong seed,
        double sigma,
        int samples,
        int restarts,
        CmaState state,
        double spread,
        double[] bests
    )
    {
        (_axes, _seed, _sigma, _restarts) = (axes, seed, sigma, restarts);
        (Samples, State, _spread, _bests) = (samples, state, spread, bests);
    }

    /// <summary>How many trials the next generation has.</summary>
    public int Samples { get; }

    /// <summary>How many trials the first generation of all had.</summary>
    public int Begun => Samples >> _restarts;

    /// <summary>What its trials are drawn from.</summary>
    public CmaState State { get; }

    /// <summary>The first descent.</summary>
    /// <param name="axes">The coordinates.</param>
    /// <param name="seed">Where later descents begin follows from it.</param>
    /// <param name="sigma">The first step size.</param>
    /// <param name="samples">How many trials a generation has.</param>
    public static CmaRun First(CmaAxis[] axes, ulong seed, double sigma, int samples) =>
        new(axes, seed, sigma, samples, restarts: 0);

    /// <summary>The search after a generation.</summary>
    /// <param name="samples">Its trials that ended with a loss or failed.</param>
    public CmaRun After(CmaSample[] samples)
    {
        if (samples.Length < 2)
        {
            return this;
        }

        CmaState state = State.After(samples, new CmaWeights(_axes.Length, samples.Length));
        double[] finite = [.. samples.Select(sample => sample.Loss).Where(double.IsFinite)];
        double spread = double.IsNaN(_spread) && finite.Length > 0 ? Spread(finite) : _spread;
        double[] bests = [.. _bests, finite.Length > 0 ? finite.Min() : double.PositiveInfinity];
        return IsOver(state, spread, bests)
            ? new CmaRun(_axes, _seed, _sigma, Samples * 2, _restarts + 1)
            : new CmaRun(_axes, _seed, _sigma, Samples, _restarts, state, spread, bests);
    }

    /// <summary>Whether nothing is to be gained any more: the distribution or the losses do not differ.</summary>
    private bool IsOver(CmaState state, double spread, double[] bests)
    {
        int window = 10 + (int)Math.Ceiling(30.0 * _axes.Length / Samples);
        bool isFlat = bests.Length >= window && !(Spread(bests[^window..]) > SmallestGain * spread);
        return isFlat || state.Width < SmallestWidth || state.Condition > LargestCondition;
    }

    /// <summary>Half the distance of the largest and the smallest, which cannot overflow.</summary>
    private static double Spread(double[] losses) => (losses.Max() / 2) - (losses.Min() / 2);

    private static Vector<double> Start(CmaAxis[] axes, ulong seed, int restarts) =>
        Vector<double>.Build.Dense(
            axes.Length,
            i =>
            {
                double share = restarts == 0 ? 0.5 : Sobol.Coordinate(~seed, restarts, i);
                return axes[i].OfQuantile(share);
            }
        );
}
