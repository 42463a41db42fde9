using System.Text.Json;
using FunctionTune.Spaces;

namespace FunctionTune.Engine.Tests.Spaces;

public sealed class PointMatchTests
{
    private static readonly SearchSpace Kernels = Hp.Dict(
        ("alpha", Hp.Uniform("alpha", 0, 1)),
        (
            "kernel",
            Hp.Choice(
                "kernel",
                Hp.Dict(("kind", "rbf"), ("gamma", Hp.LogUniform("gamma", -9, 1))),
                Hp.Dict(("kind", "poly"), ("degree", Hp.UniformInt("degree", 2, 4)))
            )
        ),
        ("loss", Hp.Choice("loss", "l1", "l2", 3))
    );

    private static (Point? Point, IReadOnlyList<string> Problems) Match(SearchSpace space, string json)
    {
        using var document = JsonDocument.Parse(json);
        var problems = new List<Problem>();
        Point? point = space.Match(document.RootElement, "$", problems);
        return (point, [.. problems.Select(problem => problem.ToString())]);
    }

    [Fact]
    public void A_structure_gives_back_its_point()
    {
        (Point? point, _) = Match(Kernels, """{"loss":3.0,"kernel":{"degree":3,"kind":"poly"},"alpha":0}""");

        Assert.Equal(
            Kernels.FromLabels(
                new Dictionary<string, double>(StringComparer.Ordinal)
                {
                    ["alpha"] = 0,
                    ["kernel"] = 1,
                    ["degree"] = 3,
                    ["loss"] = 2,
                }
            ),
            point
        );
    }

    [Fact]
    public void Everything_that_does_not_match_is_told_with_its_path()
    {
        (Point? point, IReadOnlyList<string> problems) = Match(
            Kernels,
            """{"alhpa":0,"kernel":{"kind":"rbf","gamma":99},"loss":"l3"}"""
        );

        Assert.Null(point);
        Assert.Equal(
            [
                "$.alpha: the key must be there; got nothing. It is a number from 0 to 1.",
                "$.kernel.gamma: the value must be a number from 0.00012341 to 2.71828; got 99.",
                """$.loss: the value must be one of "l1", "l2", 3; got "l3".""",
                "$.alhpa: a key must be one of the space's; got 'alhpa'. Did you mean 'alpha'?",
            ],
            problems
        );
    }

    [Theory]
    [InlineData("5", "the value must be a dictionary of 'alpha', 'kernel', 'loss'; got 5")]
    [InlineData("""{"alpha":"0","kernel":{"kind":"poly","degree":2},"loss":"l1"}""", "from 0 to 1; got \"0\"")]
    [InlineData("""{"alpha":0,"kernel":{"kind":"poly","degree":2.5},"loss":"l1"}""", "an integer from 2 to 4; got 2.5")]
    [InlineData("""{"alpha":0,"kernel":{"kind":"pol","degree":2},"loss":"l1"}""", "must be \"poly\"; got \"pol\"")]
    [InlineData("""{"alpha":0,"kernel":7,"loss":"l1"}""", "one of a dictionary of 'kind', 'gamma', a dictionary of")]
    [InlineData(
        """{"alpha":1e999,"kernel":{"kind":"poly","degree":2},"loss":"l1"}""",
        "must be finite as a double; got 1e999"
    )]
    public void A_value_of_another_form_is_told(string json, string expected) =>
        Assert.Contains(expected, Assert.Single(Match(Kernels, json).Problems), StringComparison.Ordinal);

    [Fact]
    public void The_first_option_that_matches_as_a_whole_is_taken()
    {
        SearchSpace space = Hp.Choice("c", Hp.List(1, 2), Hp.Uniform("x", 0, 1), Hp.Uniform("y", 0, 9));

        Assert.Equal(new Point([1, 0.5, double.NaN]), Match(space, "0.5").Point);
        Assert.Equal(new Point([2, double.NaN, 5]), Match(space, "5").Point);
        Assert.Equal(new Point([0, double.NaN, double.NaN]), Match(space, "[1, 2.0]").Point);
    }

    [Fact]
    public void A_parameter_in_two_places_must_have_one_value()
    {
        SpaceNode x = Hp.Uniform("x", 0, 1);
        SearchSpace space = Hp.List(x, x);

        Assert.Equal(new Point([0.5]), Match(space, "[0.5, 0.5]").Point);
        Assert.Equal(
            "$[1]: the parameter 'x' stands in several places and must have one value; got 0.6. Write the same value in "
                + "all of them.",
            Assert.Single(Match(space, "[0.5, 0.6]").Problems)
        );
    }

    [Fact]
    public void A_choice_in_two_places_must_have_one_value()
    {
        SpaceNode choice = Hp.Choice("c", "a", Hp.Dict());
        SearchSpace space = Hp.List(choice, choice);

        Assert.Equal(new Point([1]), Match(space, "[{}, {}]").Point);
        Assert.Contains(
            "the parameter 'c' stands",
            Assert.Single(Match(space, """["a", {}]""").Problems),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Options_that_overlap_are_told_apart_by_what_they_share_with_the_rest()
    {
        SpaceNode x = Hp.Uniform("x", 0, 9);
        SearchSpace space = Hp.List(Hp.Choice("c", x, Hp.Uniform("y", 0, 9)), x);

        Point? point = Match(space, "[5, 3]").Point;

        Assert.Equal("""{"c":1,"x":3,"y":5}""", JsonSerializer.Serialize(space.ToLabels(point!)));
    }

    [Fact]
    public void A_space_built_to_be_ambiguous_is_given_up_in_time()
    {
        SpaceNode x = Hp.Uniform("x", 0, 9);
        SpaceNode[] overlapping =
        [
            .. Enumerable.Range(0, 40).Select(i => Hp.Choice($"c{i}", Hp.Uniform($"a{i}", 0, 9), 1)),
        ];
        SearchSpace space = Hp.List([.. overlapping, x, x]);

        (Point? point, IReadOnlyList<string> problems) = Match(
            space,
            $"[{string.Join(",", Enumerable.Repeat("1", 40))}, 2, 3]"
        );

        Assert.Null(point);
        Assert.Contains("'x' stands in several places", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_with_probability_0_is_not_taken()
    {
        SearchSpace space = Hp.PChoice("c", (0, "a"), (1, "b"));

        Assert.Equal("$: the value must be one of \"b\"; got \"a\".", Assert.Single(Match(space, "\"a\"").Problems));
    }
}
