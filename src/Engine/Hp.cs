using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Spaces;

namespace FunctionTune;

/// <summary>
/// Hyperopt's <c>hp.*</c> functions: the parts that a search space is built of. Labels are unique in a space; one node used in
/// several places is one parameter, sampled once. Arguments are checked at the call.
/// </summary>
/// <example>
/// <code>
/// SearchSpace space = Hp.Dict(
///     ("alpha", Hp.LogUniform("alpha", -9, 3)),
///     ("kernel", Hp.Choice("kernel",
///         Hp.Dict(("kind", "rbf"), ("gamma", Hp.LogUniform("gamma", -9, 1))),
///         Hp.Dict(("kind", "linear")))));
/// </code>
/// </example>
/// <remarks>
/// Departures from hyperopt: bounds are also checked when one of them is 0; the objective receives an integer where a
/// quantised parameter has a whole step; choices are reported by their value.
/// </remarks>
public static class Hp
{
    /// <summary>A number between <paramref name="low"/> and <paramref name="high"/>, all equally likely.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="low">Lower bound, inclusive. Range: finite, below <paramref name="high"/>.</param>
    /// <param name="high">Upper bound, exclusive. Range: finite.</param>
    /// <exception cref="ArgumentException">The label is empty.</exception>
    /// <exception cref="InvalidInputException">The other arguments break a rule.</exception>
    public static SpaceNode Uniform(string label, double low, double high) =>
        Number(label, new Distribution.Uniform(low, high));

    /// <summary>round(uniform(low, high) / q) * q: for a number that is still smooth but comes in steps.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="low">Lower bound of the draw before rounding. Range: finite, below <paramref name="high"/>.</param>
    /// <param name="high">Upper bound of the draw before rounding. Range: finite.</param>
    /// <param name="q">The step; values are its multiples, not <paramref name="low"/> plus multiples. Range: above 0.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode QUniform(string label, double low, double high, double q) =>
        Number(label, new Distribution.QUniform(low, high, q));

    /// <summary>
    /// An integer from <paramref name="low"/> to <paramref name="high"/>, both included and each half as likely as the others,
    /// since it is a rounded uniform number.
    /// </summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="low">Lower bound. Range: within ±2^53, below <paramref name="high"/>.</param>
    /// <param name="high">Upper bound. Range: within ±2^53.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode UniformInt(string label, double low, double high) =>
        Number(label, new Distribution.UniformInt(low, high));

    /// <summary>exp(uniform(low, high)): the bounds are those of the value's natural <em>logarithm</em>, as in hyperopt.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="low">Natural logarithm of the smallest value. Range: -708 to <paramref name="high"/>.</param>
    /// <param name="high">Natural logarithm of the largest value. Range: at most 709.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode LogUniform(string label, double low, double high) =>
        Number(label, new Distribution.LogUniform(low, high));

    /// <summary>
    /// round(exp(uniform(low, high)) / q) * q: the bounds are those of the value's natural <em>logarithm</em>.
    /// </summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="low">Natural logarithm of the smallest draw before rounding, which may round to 0.</param>
    /// <param name="high">Natural logarithm of the largest draw before rounding. Range: at most 709.</param>
    /// <param name="q">The step. Range: above 0.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode QLogUniform(string label, double low, double high, double q) =>
        Number(label, new Distribution.QLogUniform(low, high, q));

    /// <summary>A normally distributed number, unbounded.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="mu">Mean. Range: finite.</param>
    /// <param name="sigma">Standard deviation. Range: above 0, finite.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode Normal(string label, double mu, double sigma) =>
        Number(label, new Distribution.Normal(mu, sigma));

    /// <summary>round(normal(mu, sigma) / q) * q.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="mu">Mean before rounding. Range: finite.</param>
    /// <param name="sigma">Standard deviation before rounding. Range: above 0, finite.</param>
    /// <param name="q">The step. Range: above 0.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode QNormal(string label, double mu, double sigma, double q) =>
        Number(label, new Distribution.QNormal(mu, sigma, q));

    /// <summary>exp(normal(mu, sigma)), above 0 and otherwise unbounded.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="mu">Mean of the value's natural logarithm.</param>
    /// <param name="sigma">Standard deviation of the value's natural logarithm. Range: above 0.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode LogNormal(string label, double mu, double sigma) =>
        Number(label, new Distribution.LogNormal(mu, sigma));

    /// <summary>round(exp(normal(mu, sigma)) / q) * q.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="mu">Mean of the value's natural logarithm.</param>
    /// <param name="sigma">Standard deviation of the value's natural logarithm. Range: above 0.</param>
    /// <param name="q">The step. Range: above 0.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode QLogNormal(string label, double mu, double sigma, double q) =>
        Number(label, new Distribution.QLogNormal(mu, sigma, q));

    /// <summary>An integer from 0 to below <paramref name="upper"/>, whose neighbours need not be alike, such as a seed.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="upper">Upper bound, exclusive. Range: 1 to 2^53.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode RandInt(string label, long upper) => RandInt(label, 0, upper);

    /// <summary>An integer from <paramref name="low"/> to below <paramref name="high"/>, whose neighbours need not be alike.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="low">Lower bound, inclusive. Range: within ±2^53, below <paramref name="high"/>.</param>
    /// <param name="high">Upper bound, exclusive. Range: within ±2^53.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode RandInt(string label, long low, long high) =>
        Number(label, new Distribution.RandInt(low, high));

    /// <summary>One of several options, all equally likely; an option may hold parameters, which exist when it is taken.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="options">The options, at least one: constants, or nodes.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode Choice(string label, params SpaceNode[] options)
    {
        CheckNodes(options);
        return Choice(label, new Distribution.Choice(options.Length), [.. options]);
    }

    /// <summary>One of several options with given probabilities.</summary>
    /// <param name="label">The parameter's name, unique in the space.</param>
    /// <param name="options">The options with their probabilities, each at least 0, summing to 1 within 1e-6.</param>
    /// <inheritdoc cref="Uniform" path="/exception"/>
    public static SpaceNode PChoice(string label, params (double Probability, SpaceNode Option)[] options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SpaceNode[] nodes = [.. options.Select(option => option.Option)];
        CheckNodes(nodes);
        return Choice(label, new Distribution.PChoice([.. options.Select(option => option.Probability)]), [.. nodes]);
    }

    /// <summary>A dictionary.</summary>
    /// <param name="entries">Keys, each once, and what stands there.</param>
    /// <exception cref="ArgumentException">A key stands twice, or is null.</exception>
    public static SpaceNode Dict(params (string Key, SpaceNode Node)[] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        CheckNodes([.. entries.Select(entry => entry.Node)]);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string key, _) in entries)
        {
            if (key is null || !keys.Add(key))
            {
                string message = key is null ? "A key must not be null." : $"The key '{key}' must stand once.";
                throw new ArgumentException(message, nameof(entries));
            }
        }

        return new SpaceNode.Dict([.. entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Node))]);
    }

    /// <summary>A list.</summary>
    /// <param name="items">The items: constants, or nodes.</param>
    /// <exception cref="ArgumentException">An item is null.</exception>
    public static SpaceNode List(params SpaceNode[] items)
    {
        CheckNodes(items);
        return new SpaceNode.List([.. items]);
    }

    /// <summary>A constant, handed to the objective as it is. Numbers, texts and truth values convert by themselves.</summary>
    /// <param name="value">Null, or anything that <see cref="JsonSerializer"/> can write.</param>
    /// <exception cref="ArgumentException">JSON cannot hold the value, such as a NaN.</exception>
    /// <exception cref="NotSupportedException">The value's type cannot be written as JSON.</exception>
    public static SpaceNode Literal(object? value) =>
        value is SpaceNode
            ? throw new ArgumentException("A node is no constant: put it in Dict, List or Choice.", nameof(value))
            : new SpaceNode.Literal(JsonSerializer.SerializeToElement(value));

    private static SpaceNode.Number Number(string label, Distribution prior)
    {
        Check(label, prior);
        return new SpaceNode.Number(label, prior);
    }

    private static SpaceNode.Choice Choice(string label, Distribution prior, ImmutableArray<SpaceNode> options)
    {
        Check(label, prior);
        return new SpaceNode.Choice(label, prior, options);
    }

    private static void Check(string label, Distribution prior)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        ImmutableArray<Problem> problems = [.. DistributionRules.Check(prior, label)];
        if (!problems.IsEmpty)
        {
            throw new InvalidInputException(problems);
        }
    }

    private static void CheckNodes(
        SpaceNode[] nodes,
        [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(nodes))] string name = ""
    )
    {
        ArgumentNullException.ThrowIfNull(nodes, name);
        if (Array.Exists(nodes, node => node is null))
        {
            throw new ArgumentException("A node must not be null. For JSON's null write Hp.Literal(null).", name);
        }
    }
}
