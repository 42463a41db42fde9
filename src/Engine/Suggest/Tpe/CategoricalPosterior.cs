using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Tpe;

/// <summary>
/// The estimate of TPE for integers without order: the weighted counts of the observations, and the prior as if each of k
/// options had been observed as often as the prior weighs, times k times its probability.
/// </summary>
/// <remarks>
/// Hyperopt's <c>ap_randint_sampler</c> and <c>ap_categorical_sampler</c>: p = (counts + k priorWeight prior) / sum. Hyperopt
/// makes arrays of k elements; here k may be 2^53.
/// </remarks>
internal readonly ref struct CategoricalPosterior
{
    /// <summary>Up to so many options their counts are kept in a table; above, they are rare enough to be searched for.</summary>
    public const int MaxTable = 1024;

    private readonly ReadOnlySpan<double> _observations;
    private readonly ReadOnlySpan<double> _weights;
    private readonly ReadOnlySpan<double> _table;
    private readonly CategoricalPrior _prior;
    private readonly double _observed;
    private readonly double _imagined;

    /// <summary>The posterior.</summary>
    /// <param name="observations">The integers observed, shape (n).</param>
    /// <param name="weights">The weight of each, shape (n); 0 for those that do not belong here.</param>
    /// <param name="prior">The prior over k integers.</param>
    /// <param name="priorWeight">Range: above 0.</param>
    /// <param name="table">Memory for as long as this is used. Shape (<see cref="MaxTable"/>).</param>
    public CategoricalPosterior(
        ReadOnlySpan<double> observations,
        ReadOnlySpan<double> weights,
        in CategoricalPrior prior,
        double priorWeight,
        Span<double> table
    )
    {
        _observations = observations;
        _weights = weights;
        _prior = prior;
        _imagined = prior.Count * priorWeight;
        foreach (double weight in weights)
        {
            _observed += weight;
        }

        if (prior.Count <= MaxTable)
        {
            table = table[..(int)prior.Count];
            table.Clear();
            for (int i = 0; i < observations.Length; i++)
            {
                table[(int)(observations[i] - prior.Low)] += weights[i];
            }

            _table = table;
        }
    }

    /// <summary>Draws an integer.</summary>
    public double Draw(Pcg64 random)
    {
        double rest = random.NextDouble() * (_observed + _imagined);
        for (int i = 0; i < _observations.Length; i++)
        {
            if (rest < _weights[i])
            {
                return _observations[i];
            }

            rest -= _weights[i];
        }

        return PriorSampler.Draw(_prior, random);
    }

    /// <summary>The logarithm of the probability of an integer that the prior knows.</summary>
    public double LogProbabilityOf(double value)
    {
        double count = _table.IsEmpty ? Find(value) : _table[(int)(value - _prior.Low)];
        return Math.Log((count + (_imagined * _prior.ProbabilityOf(value))) / (_observed + _imagined));
    }

    private double Find(double value)
    {
        double count = 0;
        for (int i = 0; i < _observations.Length; i++)
        {
            count += _observations[i] == value ? _weights[i] : 0;
        }

        return count;
    }
}
