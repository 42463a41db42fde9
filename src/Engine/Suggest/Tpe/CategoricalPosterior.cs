using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest.Tpe;

/// <summary>
/// The estimate of TPE for integers without order: the weighted counts of the observations, and the prior as if it had been
/// observed <paramref name="priorWeight"/> times an option. Nothing here is as long as the number of options, which may be 2^53.
/// </summary>
/// <param name="observations">The integers observed, shape (n).</param>
/// <param name="weights">The weight of each, shape (n); 0 for those that do not belong here.</param>
/// <param name="prior">The prior over k integers.</param>
/// <param name="priorWeight">Range: above 0.</param>
/// <remarks>
/// Hyperopt's <c>ap_randint_sampler</c> and <c>ap_categorical_sampler</c>: p = (counts + k priorWeight prior) / sum.
/// </remarks>
internal readonly ref struct CategoricalPosterior(
    ReadOnlySpan<double> observations,
    ReadOnlySpan<double> weights,
    CategoricalPrior prior,
    double priorWeight
)
{
    private readonly ReadOnlySpan<double> _observations = observations;
    private readonly ReadOnlySpan<double> _weights = weights;
    private readonly double _observed = Sum(weights);
    private readonly double _imagined = prior.Count * priorWeight;

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

        return PriorSampler.Draw(prior, random);
    }

    /// <summary>The logarithm of the probability of an integer that the prior knows.</summary>
    public double LogProbabilityOf(double value)
    {
        double count = 0;
        for (int i = 0; i < _observations.Length; i++)
        {
            count += _observations[i] == value ? _weights[i] : 0;
        }

        return Math.Log((count + (_imagined * prior.ProbabilityOf(value))) / (_observed + _imagined));
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
