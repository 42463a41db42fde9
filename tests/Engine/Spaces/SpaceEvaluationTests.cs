using System.Text.Json;
using FunctionTune.Spaces;

namespace FunctionTune.Engine.Tests.Spaces;

public sealed class SpaceEvaluationTests
{
    private static readonly SpaceNode Gamma = Hp.LogUniform("gamma", -9, 1);

    private static readonly SearchSpace Kernels = Hp.Dict(
        ("alpha", Hp.Uniform("alpha", 0, 1)),
        (
            "kernel",
            Hp.Choice(
                "kernel",
                Hp.Dict(("kind", "rbf"), ("gamma", Gamma)),
                Hp.Dict(("kind", "poly"), ("gamma", Gamma), ("degree", Hp.UniformInt("degree", 2, 4))),
                Hp.Literal(null)
            )
        ),
        ("fixed", Hp.List(1, 2.5, true, "text", Hp.Literal(new[] { 1, 2 }), Hp.Dict(), Hp.Literal(null)))
    );

    private static string Evaluated(SearchSpace space, params double[] values) =>
        space.Evaluate(new Point([.. values]))?.ToJsonString() ?? "null";

    [Fact]
    public void A_choice_is_replaced_by_its_option_and_what_is_inactive_is_absent()
    {
        Assert.Equal(
            ["alpha", "kernel", "gamma", "degree"],
            Kernels.Parameters.Select(parameter => parameter.Label).ToArray()
        );
        Assert.Equal(
            """{"alpha":0.5,"kernel":{"kind":"rbf","gamma":1.5},"fixed":[1,2.5,true,"text",[1,2],{},null]}""",
            Evaluated(Kernels, 0.5, 0, 1.5, double.NaN)
        );
        Assert.Equal(
            """{"alpha":0.5,"kernel":{"kind":"poly","gamma":1.5,"degree":3},"fixed":[1,2.5,true,"text",[1,2],{},null]}""",
            Evaluated(Kernels, 0.5, 1, 1.5, 3)
        );
        Assert.Equal(
            """{"alpha":0.5,"kernel":null,"fixed":[1,2.5,true,"text",[1,2],{},null]}""",
            Evaluated(Kernels, 0.5, 2, double.NaN, double.NaN)
        );
    }

    public static TheoryData<SpaceNode, double, string> Singles() =>
        new()
        {
            { Hp.Uniform("x", -1, 1), 0.1, "0.1" },
            { Hp.Uniform("x", -1, 1), 1.0 / 3, "0.3333333333333333" },
            { Hp.QUniform("x", 0, 10, 2), 4, "4" },
            { Hp.QUniform("x", -10, 10, 2), -0.0, "0" },
            { Hp.QUniform("x", -1, 1, 0.5), -0.0, "0" },
            { Hp.QUniform("x", 0, 1, 0.25), 0.75, "0.75" },
            { Hp.UniformInt("x", 0, 5), 3, "3" },
            { Hp.UniformInt("x", -9007199254740992, 0), -9007199254740992, "-9007199254740992" },
            { Hp.LogUniform("x", -700, 0), 1e-300, "1E-300" },
            { Hp.QLogUniform("x", 0, 5, 1), 12, "12" },
            { Hp.QLogUniform("x", 0, 700, 1), 1e300, "1E+300" },
            { Hp.QLogUniform("x", 0, 50, 1), 1e18, "1000000000000000000" },
            { Hp.Normal("x", 0, 1), -2.5, "-2.5" },
            { Hp.QNormal("x", 0, 9, 3), -6, "-6" },
            { Hp.LogNormal("x", 0, 1), 0.5, "0.5" },
            { Hp.QLogNormal("x", 0, 1, 1), 2, "2" },
            { Hp.RandInt("x", 5), 4, "4" },
            { Hp.RandInt("x", -5, 5), -5, "-5" },
            { Hp.Choice("x", "a", Hp.List("b")), 1, "[\"b\"]" },
            { Hp.PChoice("x", (0.25, 7), (0.75, Hp.List())), 1, "[]" },
        };

    [Theory]
    [MemberData(nameof(Singles))]
    public void A_single_expression_evaluates_to_the_bare_value(SpaceNode node, double raw, string expected)
    {
        SearchSpace space = node;

        Assert.Equal(expected, Evaluated(space, raw));
        Assert.True(space.Contains(new Point([raw])));
    }

    [Fact]
    public void The_same_node_in_two_places_is_one_parameter()
    {
        SpaceNode x = Hp.Uniform("x", 0, 1);
        SearchSpace space = Hp.Dict(("a", x), ("b", Hp.List(x, x)));

        Assert.Single(space.Parameters);
        Assert.Equal("""{"a":0.5,"b":[0.5,0.5]}""", Evaluated(space, 0.5));
    }

    [Fact]
    public void A_parameter_shared_by_two_options_is_active_under_both_and_one_outside_always()
    {
        SpaceNode x = Hp.Uniform("x", 0, 1);
        SearchSpace inside = Hp.Choice("c", x, Hp.List(x), "none");
        SearchSpace outside = Hp.List(Hp.Choice("c", x, "none"), x);

        Assert.Equal([new Condition(0, 0), new Condition(0, 1)], inside.Parameters[1].Conditions);
        Assert.Empty(outside.Parameters[outside.IndexOf("x")].Conditions);
    }

    [Fact]
    public void Values_are_by_label_with_the_option_of_a_choice_evaluated() =>
        Assert.Equal(
            """{"alpha":0.5,"kernel":{"kind":"rbf","gamma":1.5},"gamma":1.5}""",
            Kernels.Values(new Point([0.5, 0, 1.5, double.NaN])).ToJsonString()
        );

    [Fact]
    public void Labels_hold_the_raw_values_of_what_is_active()
    {
        var point = new Point([0.5, 0, 1.5, double.NaN]);

        Assert.Equal("""{"alpha":0.5,"gamma":1.5,"kernel":0}""", JsonSerializer.Serialize(Kernels.ToLabels(point)));
        Assert.Equal(point, Kernels.FromLabels(Kernels.ToLabels(point)));
    }

    [Fact]
    public void Labels_that_do_not_fit_are_all_told()
    {
        var labels = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["alpah"] = 0.5,
            ["kernel"] = 0,
            ["gamma"] = 99,
            ["degree"] = 3,
        };

        var refused = Assert.Throws<InvalidInputException>(() => Kernels.FromLabels(labels));

        Assert.Equal(
            [
                "alpah: a label must be one of the space's; got 'alpah'. Did you mean 'alpha'?",
                "alpha: every active parameter must have a value; got none.",
                "gamma: the raw value must be a number from 0.00012341 to 2.71828; got 99.",
                "degree: an inactive parameter must have no value; got 3. Leave it out: the choice that it depends on "
                    + "has taken another option.",
            ],
            refused.Problems.Select(problem => problem.ToString()).ToArray()
        );
    }

    [Fact]
    public void A_point_of_another_space_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Kernels.Evaluate(new Point([0.5])));
        Assert.Throws<ArgumentException>(() => Kernels.Evaluate(new Point([0.5, 3, double.NaN, double.NaN])));
        Assert.Throws<ArgumentException>(() => Kernels.Evaluate(new Point([0.5, 1, double.NaN, double.NaN])));
    }

    public static TheoryData<Distribution, double, bool> Support() =>
        new()
        {
            { new Distribution.Uniform(0, 1), 0, true },
            { new Distribution.Uniform(0, 1), 1, true },
            { new Distribution.Uniform(0, 1), 1.0000000001, false },
            { new Distribution.Uniform(0, 1), double.NaN, false },
            { new Distribution.QUniform(0, 1, 0.1), 0.3, true },
            { new Distribution.QUniform(0, 1, 0.1), 0.1 * 3, true },
            { new Distribution.QUniform(0, 1, 0.1), 0.35, false },
            { new Distribution.QUniform(0, 1, 3), 0, true },
            { new Distribution.QUniform(0, 2, 3), 3, true },
            { new Distribution.QUniform(0, 1, 3), 3, false },
            { new Distribution.QUniform(0, 10, 1), 2.9999999999, false },
            { new Distribution.UniformInt(0.6, 2.4), 1, true },
            { new Distribution.UniformInt(0.6, 2.4), 0, false },
            { new Distribution.UniformInt(0, 4), 4, true },
            { new Distribution.UniformInt(0, 4), 5, false },
            { new Distribution.LogUniform(Math.Log(0.001), 0), 0.001, true },
            { new Distribution.LogUniform(Math.Log(0.001), 0), 0.0009, false },
            { new Distribution.LogUniform(-1, 0), 0, false },
            { new Distribution.QLogUniform(-5, 1, 1), 0, true },
            { new Distribution.QLogUniform(-5, 1, 1), 4, false },
            { new Distribution.Normal(0, 1), 1e10, true },
            { new Distribution.Normal(0, 1), double.PositiveInfinity, false },
            { new Distribution.QNormal(0, 1, 2), -4, true },
            { new Distribution.QNormal(0, 1, 2), 1, false },
            { new Distribution.LogNormal(0, 1), 0, false },
            { new Distribution.QLogNormal(0, 1, 1), 0, true },
            { new Distribution.QLogNormal(0, 1, 1), -1, false },
            { new Distribution.RandInt(-2, 2), -2, true },
            { new Distribution.RandInt(-2, 2), 2, false },
            { new Distribution.RandInt(-2, 2), 0.5, false },
            { new Distribution.Choice(2), 1, true },
            { new Distribution.Choice(2), 2, false },
            { new Distribution.Choice(2), -1, false },
            { new Distribution.PChoice([0, 1]), 0, false },
            { new Distribution.PChoice([0, 1]), 1, true },
            { new Distribution.PChoice([0, 1]), 2, false },
        };

    [Theory]
    [MemberData(nameof(Support))]
    public void A_value_is_in_the_space_when_its_prior_can_yield_it(Distribution prior, double value, bool expected)
    {
        SpaceNode node = prior switch
        {
            Distribution.Choice choice => new SpaceNode.Choice("x", choice, ["a", "b"]),
            Distribution.PChoice choice => new SpaceNode.Choice("x", choice, ["a", "b"]),
            _ => new SpaceNode.Number("x", prior),
        };

        Assert.Equal(expected, SearchSpace.Create(node).Contains(new Point([value])));
    }

    [Fact]
    public void A_point_is_in_the_space_when_exactly_the_active_parameters_have_values()
    {
        Assert.True(Kernels.Contains(new Point([0.5, 2, double.NaN, double.NaN])));
        Assert.False(Kernels.Contains(new Point([0.5, 2, 1, double.NaN])));
        Assert.False(Kernels.Contains(new Point([0.5, 0, double.NaN, double.NaN])));
        Assert.False(Kernels.Contains(new Point([0.5])));
    }
}
