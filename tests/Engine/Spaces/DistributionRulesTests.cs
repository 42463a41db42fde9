using System.Collections.Immutable;
using FunctionTune.Spaces;

namespace FunctionTune.Engine.Tests.Spaces;

public sealed class DistributionRulesTests
{
    public static TheoryData<Distribution> Sound() =>
        new()
        {
            new Distribution.Uniform(-1, 0),
            new Distribution.Uniform(0, 1e-300),
            new Distribution.QUniform(0, 10, 3),
            new Distribution.UniformInt(-9007199254740992, 9007199254740992),
            new Distribution.LogUniform(-708, 709),
            new Distribution.QLogUniform(-1000, 5, 1),
            new Distribution.Normal(0, 1),
            new Distribution.QNormal(-5, 2, 0.5),
            new Distribution.LogNormal(0, 1),
            new Distribution.QLogNormal(0, 1, 1),
            new Distribution.RandInt(0, 1),
            new Distribution.Choice(1),
            new Distribution.PChoice([0.1, 0.2, 0.7]),
            new Distribution.PChoice([0, 1]),
        };

    public static TheoryData<Distribution, string> Broken() =>
        new()
        {
            { new Distribution.Uniform(0, -1), "low < high must hold, both finite; got low=0, high=-1. Swap the two." },
            { new Distribution.Uniform(5, 0), "got low=5, high=0. Swap the two." },
            { new Distribution.Uniform(0, 0), "got low=0, high=0. A parameter that cannot vary needs no search" },
            { new Distribution.Uniform(double.NaN, 0), "both finite; got low=NaN, high=0" },
            { new Distribution.Uniform(0, double.PositiveInfinity), "got low=0, high=Infinity" },
            { new Distribution.Uniform(double.MinValue, double.MaxValue), "high - low must be a finite number" },
            { new Distribution.QUniform(0, -1, 1), "Swap the two" },
            { new Distribution.QUniform(0, 1, 0), "q > 0 must hold, finite; got q=0" },
            { new Distribution.QUniform(0, 1, -2), "got q=-2" },
            { new Distribution.QUniform(0, 1, double.NaN), "got q=NaN" },
            { new Distribution.QUniform(0, 1e300, 1e-300), "a value divided by q must be a finite number" },
            { new Distribution.UniformInt(0, -1), "Swap the two" },
            { new Distribution.UniformInt(0, 1e17), "must lie within ±2^53" },
            { new Distribution.LogUniform(1, 0), "Swap the two" },
            { new Distribution.LogUniform(0, 1000), "high at most 709 so that exp(high) is a finite number" },
            { new Distribution.LogUniform(1, 1000), """{"uniform": {"low": 1, "high": 1000, "log": true} }""" },
            { new Distribution.LogUniform(-1000, 0), "low at least -708 so that exp(low) is above 0" },
            { new Distribution.QLogUniform(0, 800, 1), "high at most 709" },
            { new Distribution.QLogUniform(0, 1, 0), "got q=0" },
            { new Distribution.Normal(0, 0), "sigma > 0 must hold, finite; got sigma=0" },
            { new Distribution.Normal(0, -1), "got sigma=-1" },
            { new Distribution.Normal(double.PositiveInfinity, 1), "mu must be a finite number; got mu=Infinity" },
            { new Distribution.Normal(0, 1e308), "mu ± 10 sigma must be finite numbers" },
            { new Distribution.QNormal(0, 1, 0), "got q=0" },
            { new Distribution.LogNormal(0, 0), "got sigma=0" },
            { new Distribution.LogNormal(0, 100), "mu ± 10 sigma between -708 and 709" },
            { new Distribution.QLogNormal(700, 1, 1), "between -708 and 709" },
            { new Distribution.QLogNormal(0, 1, double.PositiveInfinity), "got q=Infinity" },
            { new Distribution.RandInt(0, 0), "got low=0, high=0" },
            { new Distribution.RandInt(0, -3), "Swap the two" },
            { new Distribution.RandInt(0, long.MaxValue), "must lie within ±2^53" },
            { new Distribution.Choice(0), "a choice must have at least one option; got 0" },
            { new Distribution.PChoice([]), "at least one option" },
            { new Distribution.PChoice(default), "at least one option" },
            { new Distribution.PChoice([0.5, 0.4]), "must sum to 1 within 1e-6; got [0.5, 0.4], which sum to 0.9" },
            { new Distribution.PChoice([1.5, -0.5]), "of at least 0; got [1.5, -0.5]" },
            { new Distribution.PChoice([double.NaN, 1]), "finite numbers of at least 0" },
        };

    [Theory]
    [MemberData(nameof(Sound))]
    public void Sound_arguments_break_no_rule(Distribution distribution) =>
        Assert.Empty(DistributionRules.Check(distribution, "$.x"));

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_rule_is_told_with_the_values_and_what_to_do(Distribution distribution, string expected)
    {
        Problem problem = Assert.Single(DistributionRules.Check(distribution, "$.x"));

        Assert.Equal("$.x", problem.Path);
        Assert.Contains(expected, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_broken_rule_of_one_distribution_is_told()
    {
        ImmutableArray<Problem> problems = [.. DistributionRules.Check(new Distribution.QUniform(1, 0, 0), "$.x")];

        Assert.Equal(2, problems.Length);
    }
}
