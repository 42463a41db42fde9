using System.Collections.Immutable;
using System.Globalization;

namespace FunctionTune.Spaces;

/// <summary>
/// Which arguments a distribution may have. Unlike hyperopt, which tests its bounds by truthiness, the rules also hold when
/// a bound is 0.
/// </summary>
public static class DistributionRules
{
    /// <summary>The largest magnitude up to which every integer is a double: 2^53.</summary>
    private const double LargestInteger = 9007199254740992;

    /// <summary>The whole logarithms of the smallest and the largest normal double.</summary>
    private const double LowestLog = -708;
    private const double HighestLog = 709;

    /// <summary>A draw from a normal distribution farther out than this is not seen in practice (p is about 1e-23).</summary>
    private const double FarthestSigma = 10;

    private const double ProbabilityTolerance = 1e-6;

    /// <summary>The rules that <paramref name="distribution"/> breaks; none when it is sound.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="path">Where it stands, for the problems' <see cref="Problem.Path"/>.</param>
    public static IEnumerable<Problem> Check(Distribution distribution, string path) =>
        Broken(distribution).Select(broken => new Problem(path, broken.Rule, broken.Value, broken.Hint));

    /// <summary>The rules that <paramref name="distribution"/> breaks, each with the argument that it is about.</summary>
    internal static IEnumerable<BrokenRule> Broken(Distribution distribution) =>
        distribution switch
        {
            Distribution.Uniform d => Bounds(d.Low, d.High),
            Distribution.QUniform d => [.. Bounds(d.Low, d.High), .. Step(d.Q, Reach(d.Low, d.High))],
            Distribution.UniformInt d => FirstOf(Bounds(d.Low, d.High), IntegerRange(d.Low, d.High)),
            Distribution.LogUniform d => FirstOf(Bounds(d.Low, d.High), Logarithms(d.Low, d.High, LowestLog)),
            Distribution.QLogUniform d =>
            [
                .. FirstOf(Bounds(d.Low, d.High), Logarithms(d.Low, d.High, double.MinValue)),
                .. Step(d.Q, Math.Exp(Math.Min(d.High, HighestLog))),
            ],
            Distribution.Normal d => Gaussian(d.Mu, d.Sigma),
            Distribution.QNormal d => [.. Gaussian(d.Mu, d.Sigma), .. Step(d.Q, Farthest(d.Mu, d.Sigma))],
            Distribution.LogNormal d => FirstOf(Gaussian(d.Mu, d.Sigma), LogGaussian(d.Mu, d.Sigma, LowestLog)),
            Distribution.QLogNormal d =>
            [
                .. FirstOf(Gaussian(d.Mu, d.Sigma), LogGaussian(d.Mu, d.Sigma, double.MinValue)),
                .. Step(d.Q, Math.Exp(Math.Min(d.Mu + (FarthestSigma * d.Sigma), HighestLog))),
            ],
            Distribution.RandInt d => FirstOf(Bounds(d.Low, d.High), IntegerRange(d.Low, d.High)),
            Distribution.Choice d => Options(d.Count),
            Distribution.PChoice d => FirstOf(Options(Count(d)), Probabilities(d)),
            _ => throw new InvalidOperationException($"Unknown distribution {distribution.GetType()}."),
        };

    private static IEnumerable<BrokenRule> FirstOf(IEnumerable<BrokenRule> first, IEnumerable<BrokenRule> otherwise)
    {
        BrokenRule[] broken = [.. first];
        return broken.Length > 0 ? broken : otherwise;
    }

    private static IEnumerable<BrokenRule> Bounds(double low, double high)
    {
        string found = $"low={Text(low)}, high={Text(high)}";
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            yield return new(
                double.IsFinite(low) ? "high" : "low",
                "low < high must hold, both finite",
                found,
                "Give two finite numbers; for an unbounded parameter use normal or lognormal."
            );
        }
        else if (low > high)
        {
            yield return new("", "low < high must hold, both finite", found, "Swap the two.");
        }
        else if (low == high)
        {
            string hint = "A parameter that cannot vary needs no search: write the constant in its place.";
            yield return new("", "low < high must hold, both finite", found, hint);
        }
        else if (!double.IsFinite(high - low))
        {
            yield return new("", "high - low must be a finite number", found, "Bring the bounds closer together.");
        }
    }

    private static IEnumerable<BrokenRule> Step(double q, double reach)
    {
        if (!double.IsFinite(q) || q <= 0)
        {
            string hint = "Give the step between two values, such as 1, or use the kind without q.";
            yield return new("q", "q > 0 must hold, finite", $"q={Text(q)}", hint);
        }
        else if (double.IsFinite(reach) && !double.IsFinite(reach / q))
        {
            string hint = "Give a larger step, or use the kind without q.";
            yield return new("q", "a value divided by q must be a finite number", $"q={Text(q)}", hint);
        }
    }

    private static IEnumerable<BrokenRule> IntegerRange(double low, double high)
    {
        if (Reach(low, high) > LargestInteger)
        {
            yield return new(
                Math.Abs(low) > LargestInteger ? "low" : "high",
                "the bounds of integers must lie within ±2^53 = ±9007199254740992",
                $"low={Text(low)}, high={Text(high)}",
                "Beyond that a double skips integers; search a smaller range, or an exponent."
            );
        }
    }

    private static IEnumerable<BrokenRule> Logarithms(double low, double high, double lowest)
    {
        if (high > HighestLog)
        {
            yield return new(
                "high",
                "the bounds must be natural logarithms, high at most 709 so that exp(high) is a finite number",
                $"low={Text(low)}, high={Text(high)}",
                low > 0
                    ? $"If these are the value's own bounds, write their logarithms, {Text(Math.Log(low))} and "
                        + $"{Text(Math.Log(high))}, or {NaturalBounds(low, high)}."
                    : $"If this is the value's own bound, write its logarithm, {Text(Math.Log(high))}."
            );
        }

        if (low < lowest)
        {
            yield return new(
                "low",
                "the bounds must be natural logarithms, low at least -708 so that exp(low) is above 0",
                $"low={Text(low)}",
                "Raise the lower bound; a value that may be 0 or negative wants uniform or normal."
            );
        }
    }

    private static IEnumerable<BrokenRule> Gaussian(double mu, double sigma)
    {
        if (!double.IsFinite(mu))
        {
            yield return new("mu", "mu must be a finite number", $"mu={Text(mu)}", "Give the mean as a number.");
        }

        if (!double.IsFinite(sigma) || sigma <= 0)
        {
            string hint = "Sigma is a standard deviation; for a parameter that cannot vary write the constant.";
            yield return new("sigma", "sigma > 0 must hold, finite", $"sigma={Text(sigma)}", hint);
        }
        else if (double.IsFinite(mu) && !double.IsFinite(Farthest(mu, sigma)))
        {
            string found = $"mu={Text(mu)}, sigma={Text(sigma)}";
            yield return new("", "mu ± 10 sigma must be finite numbers", found, "Give smaller numbers.");
        }
    }

    private static IEnumerable<BrokenRule> LogGaussian(double mu, double sigma, double lowest)
    {
        if (mu + (FarthestSigma * sigma) > HighestLog || mu - (FarthestSigma * sigma) < lowest)
        {
            yield return new(
                "",
                "mu and sigma must be those of the logarithm, with mu ± 10 sigma between -708 and 709",
                $"mu={Text(mu)}, sigma={Text(sigma)}",
                "Otherwise exp of a draw overflows. If these are the value's own mean and spread, write their logarithms."
            );
        }
    }

    private static IEnumerable<BrokenRule> Options(int count)
    {
        if (count < 1)
        {
            yield return new("options", "a choice must have at least one option", Text(count), "Add an option.");
        }
    }

    private static IEnumerable<BrokenRule> Probabilities(Distribution.PChoice choice)
    {
        ImmutableArray<double> probabilities = choice.Probabilities;
        string found = $"[{string.Join(", ", probabilities.Select(Text))}]";
        if (probabilities.Any(p => !double.IsFinite(p) || p < 0))
        {
            string hint = "An option that must not be taken has probability 0.";
            yield return new("options", "probabilities must be finite numbers of at least 0", found, hint);
            yield break;
        }

        double sum = probabilities.Sum();
        if (!(Math.Abs(sum - 1) <= ProbabilityTolerance))
        {
            string rule = "probabilities must sum to 1 within 1e-6";
            string hint = sum > 0 ? $"Divide each by {Text(sum)}." : "Use choice for equally likely options.";
            yield return new("options", rule, $"{found}, which sum to {Text(sum)}", hint);
        }
    }

    private static int Count(Distribution.PChoice choice) =>
        choice.Probabilities.IsDefault ? 0 : choice.Probabilities.Length;

    private static double Reach(double low, double high) => Math.Max(Math.Abs(low), Math.Abs(high));

    private static double Farthest(double mu, double sigma) => Math.Abs(mu) + (FarthestSigma * sigma);

    private static string NaturalBounds(double low, double high) =>
        $$"""{"uniform": {"low": {{Text(low)}}, "high": {{Text(high)}}, "log": true} }""";

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
