using FunctionTune.Spaces;

namespace FunctionTune.Engine.Tests;

public sealed class HpTests
{
    [Fact]
    public void Arguments_are_checked_at_the_call()
    {
        var refused = Assert.Throws<InvalidInputException>(() => Hp.Uniform("x", 0, -1));

        Assert.Equal("x: low < high must hold, both finite; got low=0, high=-1. Swap the two.", refused.Message);
        Assert.Throws<InvalidInputException>(() => Hp.RandInt("x", 0));
        Assert.Throws<InvalidInputException>(() => Hp.Choice("x"));
        Assert.Throws<InvalidInputException>(() => Hp.PChoice("x", (0.5, 1)));
        Assert.Throws<ArgumentException>(() => Hp.Uniform("", 0, 1));
        Assert.Throws<ArgumentNullException>(() => Hp.Uniform(null!, 0, 1));
        Assert.Throws<ArgumentException>(() => Hp.Choice("x", 1, null!));
        Assert.Throws<ArgumentException>(() => Hp.Dict(("a", 1), ("a", 2)));
        Assert.Throws<ArgumentException>(() => Hp.Literal(Hp.Uniform("x", 0, 1)));
        Assert.Throws<ArgumentException>(() => Hp.Literal(double.NaN));
    }

    [Fact]
    public void Two_parameters_with_one_label_are_refused()
    {
        SpaceNode twice = Hp.Dict(("a", Hp.Uniform("x", 0, 1)), ("b", Hp.Uniform("x", 0, 1)));

        var refused = Assert.Throws<InvalidInputException>(() => SearchSpace.Create(twice));

        Assert.Equal(
            "$.b: a label names one parameter; got 'x' for two different ones. Give one of them another label, or use the "
                + "same node in both places to sample it once.",
            refused.Message
        );
    }

    [Fact]
    public void A_space_without_parameters_is_refused() =>
        Assert.Contains(
            "a space must have at least one parameter",
            Assert.Throws<InvalidInputException>(() => SearchSpace.Create(Hp.Dict())).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Nodes_made_by_hand_are_checked_by_the_space()
    {
        SpaceNode byHand = new SpaceNode.List([
            new SpaceNode.Number("a", new Distribution.Choice(2)),
            new SpaceNode.Choice("b", new Distribution.Choice(3), ["one"]),
            new SpaceNode.Choice("c", new Distribution.Normal(0, 1), ["one"]),
            new SpaceNode.Number("", new Distribution.Normal(0, 1)),
            new SpaceNode.Number("d", new Distribution.Normal(0, 0)),
            new SpaceNode.Literal(default),
        ]);

        var refused = Assert.Throws<InvalidInputException>(() => SearchSpace.Create(byHand));

        Assert.Equal(["$[0]", "$[1]", "$[2]", "$[3]", "$[4]", "$[5]"], refused.Problems.Select(p => p.Path).ToArray());
    }

    [Fact]
    public void A_space_may_nest_deep_but_not_without_end()
    {
        Assert.Equal(200, SearchSpace.Create(Nested(200)).Parameters.Length);
        Assert.Throws<InvalidInputException>(() => SearchSpace.Create(Nested(10_000)));

        static SpaceNode Nested(int depth) =>
            Enumerable.Range(0, depth).Aggregate(Hp.Literal("end"), (inner, i) => Hp.Choice($"c{i}", inner, i));
    }

    [Fact]
    public void A_deep_space_is_written_and_read()
    {
        SearchSpace space = Enumerable
            .Range(0, 100)
            .Aggregate(Hp.Literal("end"), (inner, i) => Hp.Choice($"c{i}", inner, i));
        string written = SpaceJson.Write(space).ToJsonString(new() { MaxDepth = 1000 });

        using var document = System.Text.Json.JsonDocument.Parse(written, new() { MaxDepth = 1000 });

        Assert.Equal(100, SpaceJson.Read(document.RootElement).Parameters.Length);
    }
}
