using System.Collections.Immutable;

namespace FunctionTune.Spaces;

/// <summary>
/// The prior of one parameter: hyperopt's thirteen <c>hp.*</c> functions as a closed family.
/// A raw value is a double: the number itself, or the zero-based index of the option for <see cref="Choice"/> and
/// <see cref="PChoice"/>. Instances are immutable; <see cref="DistributionRules"/> says which arguments are allowed.
/// </summary>
public abstract record Distribution
{
    private Distribution() { }

    /// <summary>Uniform over [<paramref name="Low"/>, <paramref name="High"/>).</summary>
    /// <param name="Low">Lower bound. Range: finite, below <paramref name="High"/>.</param>
    /// <param name="High">Upper bound. Range: finite.</param>
    public sealed record Uniform(double Low, double High) : Distribution;

    /// <summary>round(uniform(low, high) / q) * q; half-way cases go to the even multiple.</summary>
    /// <param name="Low">Lower bound of the draw before rounding.</param>
    /// <param name="High">Upper bound of the draw before rounding.</param>
    /// <param name="Q">Step. Range: q &gt; 0.</param>
    public sealed record QUniform(double Low, double High, double Q) : Distribution;

    /// <summary><see cref="QUniform"/> with a step of one, whose values are integers.</summary>
    /// <param name="Low">Lower bound of the draw before rounding.</param>
    /// <param name="High">Upper bound of the draw before rounding.</param>
    public sealed record UniformInt(double Low, double High) : Distribution;

    /// <summary>exp(uniform(low, high)): the bounds are natural logarithms of the value's bounds.</summary>
    /// <param name="Low">Logarithm of the lower bound.</param>
    /// <param name="High">Logarithm of the upper bound.</param>
    public sealed record LogUniform(double Low, double High) : Distribution;

    /// <summary>round(exp(uniform(low, high)) / q) * q: the bounds are natural logarithms.</summary>
    /// <param name="Low">Logarithm of the lower bound.</param>
    /// <param name="High">Logarithm of the upper bound.</param>
    /// <param name="Q">Step. Range: q &gt; 0.</param>
    public sealed record QLogUniform(double Low, double High, double Q) : Distribution;

    /// <summary>Gaussian, unbounded.</summary>
    /// <param name="Mu">Mean. Range: finite.</param>
    /// <param name="Sigma">Standard deviation. Range: sigma &gt; 0.</param>
    public sealed record Normal(double Mu, double Sigma) : Distribution;

    /// <summary>round(normal(mu, sigma) / q) * q.</summary>
    /// <param name="Mu">Mean before rounding.</param>
    /// <param name="Sigma">Standard deviation before rounding. Range: sigma &gt; 0.</param>
    /// <param name="Q">Step. Range: q &gt; 0.</param>
    public sealed record QNormal(double Mu, double Sigma, double Q) : Distribution;

    /// <summary>exp(normal(mu, sigma)).</summary>
    /// <param name="Mu">Mean of the logarithm.</param>
    /// <param name="Sigma">Standard deviation of the logarithm. Range: sigma &gt; 0.</param>
    public sealed record LogNormal(double Mu, double Sigma) : Distribution;

    /// <summary>round(exp(normal(mu, sigma)) / q) * q.</summary>
    /// <param name="Mu">Mean of the logarithm.</param>
    /// <param name="Sigma">Standard deviation of the logarithm. Range: sigma &gt; 0.</param>
    /// <param name="Q">Step. Range: q &gt; 0.</param>
    public sealed record QLogNormal(double Mu, double Sigma, double Q) : Distribution;

    /// <summary>An unordered integer in [<paramref name="Low"/>, <paramref name="High"/>): the upper bound is exclusive.</summary>
    /// <param name="Low">Smallest value.</param>
    /// <param name="High">One above the largest value. Range: above <paramref name="Low"/>.</param>
    public sealed record RandInt(long Low, long High) : Distribution;

    /// <summary>The index of one of <paramref name="Count"/> options, all equally likely.</summary>
    /// <param name="Count">Number of options. Range: at least 1.</param>
    public sealed record Choice(int Count) : Distribution;

    /// <summary>The index of one of several options with given probabilities.</summary>
    /// <param name="Probabilities">Shape (options), each at least 0, summing to 1 within 1e-6.</param>
    public sealed record PChoice(ImmutableArray<double> Probabilities) : Distribution
    {
        /// <summary>Equal when the probabilities are equal, one by one.</summary>
        public bool Equals(PChoice? other) =>
            other is not null && Probabilities.AsSpan().SequenceEqual(other.Probabilities.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() =>
            Probabilities.Aggregate(Probabilities.Length, (hash, p) => HashCode.Combine(hash, p));
    }
}
