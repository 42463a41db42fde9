using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;

namespace FunctionTune.Testing.Suggest;

/// <summary>What holds whatever came out of the trials, and however many there were.</summary>
public abstract class SuggesterRobustness
{
    private const int Trials = 32;
    private const int ManyTrials = 10_000;

    /// <summary>Names of outcomes that make arithmetic hard.</summary>
    public static TheoryData<string> HardOutcomeNames => [.. HardOutcomes.ByName.Keys];

    /// <summary>The suggester under test.</summary>
    protected abstract ISuggester Suggester { get; }

    [Theory]
    [MemberData(nameof(HardOutcomeNames))]
    public void A_search_goes_on_whatever_comes_out_and_its_last_step_can_be_repeated(string outcomes)
    {
        IReadOnlyList<Point> points = Search(Spaces.Everything, HardOutcomes.ByName[outcomes]);
        var history = new TrialHistory(Spaces.Everything);
        for (int number = 0; number < Trials - 1; number++)
        {
            history.Record(HardOutcomes.ByName[outcomes](number, points[number]));
        }

        Assert.All(points, point => Support.AssertContains(Spaces.Everything, point));
        Assert.Equal(points[^1], Assert.Single(Suggest(history, first: Trials - 1, count: 1)));
    }

    [Theory]
    [MemberData(nameof(HardOutcomeNames))]
    public void Fifty_parameters_are_searched_whatever_came_out(string outcomes)
    {
        TrialHistory history = Histories.Random(Spaces.Fifty, 60, HardOutcomes.ByName[outcomes]);

        Assert.All(Suggest(history, first: 60, count: 3), point => Support.AssertContains(Spaces.Fifty, point));
    }

    [Theory]
    [InlineData(1e-290)]
    [InlineData(9e15)]
    public void Losses_in_another_unit_change_no_point(double unit)
    {
        // A power of two changes no digit of a loss.
        double power = Math.Pow(2, Math.Round(Math.Log2(unit)));
        IReadOnlyList<Point> points = Search(Spaces.Everything, (n, p) => Histories.Finite(n, p, Smooth(p)));

        Assert.Equal(points, Search(Spaces.Everything, (n, p) => Histories.Finite(n, p, power * Smooth(p))));
    }

    [Fact]
    public void A_parameter_that_never_varied_is_searched_like_any_other()
    {
        SearchSpace space = Spaces.Flat(new Distribution.Uniform(0, 1), new Distribution.Normal(0, 1));
        var history = new TrialHistory(space);
        for (int number = 0; number < Trials; number++)
        {
            history.Record(Histories.Finite(number, new Point([0.25, Math.Sin(number)]), loss: Math.Cos(number)));
        }

        Assert.All(Suggest(history, first: Trials, count: 5), point => Support.AssertContains(space, point));
    }

    [Fact]
    public void Ten_thousand_equal_trials_are_as_good_as_any_other_history()
    {
        Point point = Histories.Random(Spaces.Everything, 1, Histories.Finite).Observations[0].Point;
        TrialHistory history = Histories.Random(
            Spaces.Everything,
            ManyTrials,
            (number, _) => Histories.Finite(number, point, loss: 1)
        );

        Assert.All(
            Suggest(history, first: ManyTrials, count: 2),
            suggested => Support.AssertContains(Spaces.Everything, suggested)
        );
    }

    [Fact]
    public void Ten_thousand_trials_of_fifty_parameters_are_learnt_from()
    {
        TrialHistory history = Histories.Random(Spaces.Fifty, ManyTrials, Histories.Finite);

        Support.AssertContains(Spaces.Fifty, Assert.Single(Suggest(history, first: ManyTrials, count: 1)));
    }

    /// <summary>Asks the suggester under test with a fixed seed.</summary>
    protected IReadOnlyList<Point> Suggest(TrialHistory history, int first, int count, ulong seed = 20) =>
        [.. Suggester.Suggest(new SuggestRequest(history, first, count, seed)).Select(suggestion => suggestion.Point)];

    /// <summary>The suggester's own points, one after another.</summary>
    protected IReadOnlyList<Point> Search(SearchSpace space, Func<int, Point, Observation> observe)
    {
        var history = new TrialHistory(space);
        var points = new List<Point>();
        for (int number = 0; number < Trials; number++)
        {
            Point point = Assert.Single(Suggest(history, number, count: 1));
            points.Add(point);
            history.Record(observe(number, point));
        }

        return points;
    }

    /// <summary>A loss that depends on every active parameter, is nowhere near 0, and differs from point to point.</summary>
    protected static double Smooth(Point point) =>
        2 + point.Values.Where(double.IsFinite).Select((value, i) => Math.Tanh(value) / (i + 2)).Sum() / 8;
}
