using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Spaces;
using FunctionTune.Studies;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class GridSuggesterTests : RankSuggesterContract
{
    private static readonly SearchSpace s_conditional = Hp.Dict(
        ("kind", Hp.Choice("kind", Hp.UniformInt("degree", 2, 4), Hp.Literal("linear"), Hp.Choice("inner", 1, 2))),
        ("flag", Hp.Choice("flag", true, false)),
        ("size", Hp.QUniform("size", 0.5, 3.5, 1))
    );

    protected override ISuggester Suggester { get; } = new GridSuggester(new GridOptions(Steps: 50));

    [Fact]
    public void Every_active_combination_is_tried_exactly_once_and_then_the_space_is_exhausted()
    {
        // (degrees 2, 3, 4 + linear + inner 1, 2) x flags x the sizes 1, 2, 3, which alone have a probability above 0.
        HashSet<Point> points = [.. Exhaust(new TrialHistory(s_conditional), atOnce: 1)];

        Assert.Equal((3 + 1 + 2) * 2 * 3, points.Count);
        Assert.All(points, point => Support.AssertContains(s_conditional, point));
        Assert.Equal([1, 2, 3], points.Select(point => point[s_conditional.IndexOf("size")]).Distinct().Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void However_many_are_asked_for_at_once_no_point_comes_twice(int atOnce)
    {
        List<Point> points = Exhaust(new TrialHistory(s_conditional), atOnce);

        Assert.Equal(36, points.Count);
        Assert.Equal(36, points.Distinct().Count());
    }

    [Fact]
    public void Points_that_were_tried_are_passed_over_whoever_suggested_them()
    {
        var history = new TrialHistory(s_conditional);
        IReadOnlyList<Suggestion> given = new RandomSuggester().Suggest(new SuggestRequest(history, 0, 12, Seed: 5));
        foreach ((int number, Suggestion suggestion) in given.Index())
        {
            history.Record(Histories.Lossless(number, suggestion.Point, (LossKind)(number % 4)));
        }

        HashSet<Point> known = [.. given.Select(suggestion => suggestion.Point)];
        List<Point> points = Exhaust(history, atOnce: 3);

        Assert.Equal(36 - known.Count, points.Count);
        Assert.DoesNotContain(points, known.Contains);
    }

    [Fact]
    public void A_value_written_by_hand_is_the_grids_own()
    {
        var history = new TrialHistory(
            FunctionTune.Testing.Suggest.Spaces.Single(new Distribution.QUniform(0, 0.5, 0.1))
        );
        history.Record(Histories.Finite(0, new Point([0.3]), loss: 1));

        Assert.Equal(5, Exhaust(history, atOnce: 1).Count);
    }

    [Fact]
    public void The_order_is_shuffled_by_the_seed()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Flat(
            new Distribution.RandInt(0, 100),
            new Distribution.RandInt(0, 100)
        );
        var history = new TrialHistory(space);

        IReadOnlyList<Point> one = Suggest(history, first: 0, count: 100, seed: 1);
        IReadOnlyList<Point> other = Suggest(history, first: 0, count: 100, seed: 2);

        Assert.NotEqual(one, other);
        Assert.All(
            space.Parameters,
            p => Assert.InRange(one.Select(point => point[p.Index]).Distinct().Count(), 50, 80)
        );
    }

    [Fact]
    public void A_continuous_parameter_takes_evenly_spread_quantiles()
    {
        SearchSpace space = Hp.Dict(("lr", Hp.LogUniform("lr", 0, 4)), ("n", Hp.Normal("n", 0, 1)));
        var suggester = new GridSuggester(new GridOptions(Steps: 2));

        IEnumerable<Point> points = suggester
            .Suggest(new SuggestRequest(new TrialHistory(space), 0, 10, Seed: 1))
            .Select(suggestion => suggestion.Point);

        Assert.Equal(
            [(Math.E, -0.674), (Math.E, 0.674), (Math.Exp(3), -0.674), (Math.Exp(3), 0.674)],
            points.Select(p => (p[0], Math.Round(p[1], 3))).Order()
        );
    }

    [Fact]
    public void A_space_without_bounded_numbers_of_values_is_refused_with_the_size_that_steps_would_give()
    {
        SearchSpace space = Hp.Dict(
            ("lr", Hp.LogUniform("lr", -9, 0)),
            ("depth", Hp.UniformInt("depth", 1, 10)),
            ("kind", Hp.Choice("kind", "a", Hp.QNormal("width", 0, 1, 0.001), Hp.Uniform("x", 0, 1)))
        );

        Problem problem = Assert.Single(Suggesters.BuiltIn.Check(Algo.Grid(), space, "$.algo"));

        Assert.Equal("$.algo.grid", problem.Path);
        Assert.Equal("'lr', 'width', 'x' without", problem.Value);
        Assert.EndsWith("the grid would have 550 points.", problem.Hint, StringComparison.Ordinal);
        Assert.Empty(Suggesters.BuiltIn.Check(Algo.Grid(steps: 3), space, "$.algo"));
        Assert.Equal(
            "$.algo.mix[1].algo.grid",
            Assert
                .Single(Suggesters.BuiltIn.Check(Algo.Mix((0.5, Algo.Rand()), (0.5, Algo.Grid())), space, "$.algo"))
                .Path
        );
        Assert.Throws<InvalidInputException>(() =>
            Suggesters.BuiltIn.Create(Algo.Grid()).Suggest(new SuggestRequest(new TrialHistory(space), 0, 1, Seed: 1))
        );
    }

    [Fact]
    public void The_size_is_known_beforehand()
    {
        SearchSpace large = FunctionTune.Testing.Suggest.Spaces.Flat(
            Enumerable.Repeat(new Distribution.RandInt(0, 10), 30)
        );

        Assert.Equal("grid, 36 points", Suggesters.BuiltIn.Describe(Algo.Grid(), s_conditional));
        Assert.Equal(
            "grid, 1,000,000,000,000,000,000,000,000,000,000 points",
            Suggesters.BuiltIn.Describe(Algo.Grid(), large)
        );
        Assert.Equal("tpe", Suggesters.BuiltIn.Describe(Algo.Tpe(), large));
        IReadOnlyList<Point> points = Suggest(new TrialHistory(large), first: 0, count: 200);
        Assert.Equal(200, points.Distinct().Count());
        Assert.All(large.Parameters, p => Assert.Equal(10, points.Select(point => point[p.Index]).Distinct().Count()));
    }

    [Fact]
    public void A_parameter_shared_by_two_options_counts_once()
    {
        SpaceNode shared = Hp.RandInt("shared", 3);
        SearchSpace space = Hp.Dict(
            ("a", Hp.Choice("a", "none", shared)),
            ("b", Hp.Choice("b", "none", shared)),
            ("c", Hp.Choice("c", "x", "y"))
        );

        // Neither of a and b: 1; one of them or both: 3 combinations of 3 values; each with two of c.
        Assert.Equal((1 + (3 * 3)) * 2, Exhaust(new TrialHistory(space), atOnce: 4).Distinct().Count());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("1.5")]
    public void Steps_out_of_range_are_refused(string steps)
    {
        var algo = new AlgoSpec("grid", JsonElement.Parse($"{{\"steps\":{steps}}}"));

        Assert.Equal("$.algo.grid.steps", Assert.Single(Suggesters.BuiltIn.Check(algo, "$.algo")).Path);
    }

    private static List<Point> Exhaust(TrialHistory history, int atOnce)
    {
        var suggester = new GridSuggester(new GridOptions());
        var points = new List<Point>();
        int number = history.Observations.Count;
        IReadOnlyList<Suggestion> suggestions;
        do
        {
            suggestions = suggester.Suggest(new SuggestRequest(history, number, atOnce, Seed: 3));
            foreach (Suggestion suggestion in suggestions)
            {
                history.Record(Histories.Finite(number++, suggestion.Point));
                points.Add(suggestion.Point);
            }
        } while (suggestions.Count == atOnce);

        return points;
    }
}
