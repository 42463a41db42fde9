using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Search;
using FunctionTune.Testing.Suggest;
using MathNet.Numerics.LinearAlgebra;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class CmaesSuggesterTests : RankSuggesterContract
{
    protected override ISuggester Suggester { get; } = new CmaesSuggester(new CmaesOptions());

    [Fact]
    public void Rosenbrocks_valley_is_followed_to_its_end()
    {
        Objective rosenbrock = Objectives.All.Single(objective => objective.Name == "rosenbrock4");

        Assert.InRange(Best(rosenbrock, trials: 2_500), 0, 1e-6);
    }

    [Fact]
    public void A_rotated_ellipsoid_of_condition_a_million_is_minimised()
    {
        const int dimensions = 6;
        var source = FunctionTune.Numerics.Pcg64.ForTrial(4, 0);
        Matrix<double> rotation = Matrix<double>
            .Build.Dense(dimensions, dimensions, (_, _) => source.NextNormal())
            .QR()
            .Q;
        Objective ellipsoid = Box(
            dimensions,
            p =>
            {
                Vector<double> x = rotation * (Vector<double>.Build.DenseOfArray(p.All.ToArray()) - 0.7);
                return x.Select((value, i) => Math.Pow(1e6, i / (dimensions - 1.0)) * value * value).Sum();
            }
        );

        Assert.InRange(Best(ellipsoid, trials: 2_500), 0, 1e-6);
    }

    [Fact]
    public void An_optimum_in_a_corner_of_the_bounds_is_reached() =>
        Assert.InRange(Best(Box(2, p => p.All.ToArray().Sum(x => x + 5)), trials: 100), 0, 1e-6);

    [Fact]
    public void With_eight_in_flight_the_same_is_found_a_little_later() =>
        Assert.InRange(
            Best(Box(5, p => p.All.ToArray().Sum(x => (x - 1) * (x - 1))), trials: 800, inFlight: 8),
            0,
            1e-6
        );

    [Fact]
    public void Failures_keep_it_away_from_where_trials_fail()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Flat(
            new Distribution.Uniform(-5, 5),
            new Distribution.Uniform(-5, 5)
        );
        var history = new TrialHistory(space);
        for (int number = 0; number < 300; number++)
        {
            Point point = Suggest(history, number, count: 1)[0];
            history.Record(
                point[0] < 1
                    ? Histories.Lossless(number, point, LossKind.Bad)
                    : Histories.Finite(number, point, (point[0] * point[0]) + (point[1] * point[1]))
            );
        }

        Assert.InRange(history.Observations.Where(o => o.Kind == LossKind.Finite).Min(o => o.Loss), 1, 1.001);
    }

    [Fact]
    public void It_learns_from_trials_that_others_suggested()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Flat(
            Enumerable.Repeat(new Distribution.Uniform(0, 1), 4)
        );
        TrialHistory history = Histories.Random(
            space,
            200,
            (number, point) => Histories.Finite(number, point, point.Values.Sum(x => (x - 0.9) * (x - 0.9)))
        );

        IReadOnlyList<Point> points = Suggest(history, first: 200, count: 50);

        Assert.InRange(points.Average(point => point.Values.Average()), 0.55, 0.95);
    }

    [Fact]
    public void A_rounded_parameter_keeps_changing_now_and_then()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Flat(
            new Distribution.UniformInt(0, 100),
            new Distribution.Uniform(0, 1)
        );
        var history = new TrialHistory(space);
        for (int number = 0; number < 200; number++)
        {
            Point point = Suggest(history, number, count: 1)[0];
            double loss = Math.Abs(point[0] - 40) + Math.Abs(point[1] - 0.5);
            history.Record(Histories.Finite(number, point, loss));
        }

        double[] next = [.. Suggest(history, first: 200, count: 1000).Select(point => point[0])];
        Assert.InRange(next.Count(value => value == 40), 500, 990);
        Assert.All(next, value => Assert.InRange(value, 35, 45));
    }

    [Fact]
    public void Choices_and_conditional_parameters_are_found_too()
    {
        SearchSpace space = Hp.Dict(
            ("x", Hp.Uniform("x", -5, 5)),
            ("kind", Hp.Choice("kind", "a", "b", Hp.Uniform("inner", 0, 1)))
        );
        var objective = new Objective(
            "mixed",
            space,
            p => (p["x"] * p["x"]) + (p["kind"] == 2 ? Math.Abs(p["inner"] - 0.3) : 1),
            Optimum: 0
        );

        Assert.InRange(Best(objective, trials: 300), 0, 0.02);
    }

    [Fact]
    public void A_flat_objective_is_searched_again_and_again_from_other_places()
    {
        Objective flat = Box(2, _ => 3);
        var run = new SearchRun(flat, Suggester, seed: 1);

        run.Play(400);

        double[] late = [.. run.History.Observations.Skip(300).Select(o => o.Point[0])];
        Assert.True(late.Max() - late.Min() > 2, "It has settled where nothing is to be found.");
    }

    [Fact]
    public void What_a_suggester_remembers_changes_nothing()
    {
        Objective objective = Objectives.All.Single(o => o.Name == "hartmann6");
        var run = new SearchRun(objective, Suggester, seed: 20, inFlight: 8);
        run.Play(150);

        IReadOnlyList<Point> warm = Suggest(run.History, first: 150, count: 4);
        var copy = new TrialHistory(objective.Space);
        foreach (Observation observation in run.History.Observations)
        {
            copy.Record(observation with { Point = new Point(observation.Point.Values) });
        }

        Suggester.Suggest(new SuggestRequest(Histories.ByName["finished"](objective.Space), 60, 1, Seed: 20));
        var fresh = new CmaesSuggester(new CmaesOptions());

        Assert.Equal(warm, fresh.Suggest(new SuggestRequest(copy, 150, 4, Seed: 20)).Select(s => s.Point));
        Assert.Equal(warm, Suggest(run.History, first: 150, count: 4));
    }

    [Theory]
    [InlineData(0, 8, "$.sigma")]
    [InlineData(1.5, 8, "$.sigma")]
    [InlineData(double.NaN, 8, "$.sigma")]
    [InlineData(0.2, 3, "$.populationSize")]
    [InlineData(0.2, 10_001, "$.populationSize")]
    public void Options_out_of_range_are_refused(double sigma, int populationSize, string path)
    {
        var refused = Assert.Throws<InvalidInputException>(() =>
            new CmaesSuggester(new CmaesOptions(sigma, populationSize))
        );

        Assert.Equal(path, Assert.Single(refused.Problems).Path);
    }

    private static Objective Box(int dimensions, Func<Setting, double> loss) =>
        new(
            "box",
            Hp.Dict([.. Enumerable.Range(0, dimensions).Select(i => ($"x{i}", Hp.Uniform($"x{i}", -5, 5)))]),
            loss,
            Optimum: 0
        );

    private static double Best(Objective objective, int trials, int inFlight = 1) =>
        new SearchRun(objective, new CmaesSuggester(new CmaesOptions()), seed: 1, inFlight).Play(trials)[^1]
        - objective.Optimum;
}
