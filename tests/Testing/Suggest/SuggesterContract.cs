using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;

namespace FunctionTune.Testing.Suggest;

/// <summary>What every suggester owes its callers, whatever the history.</summary>
public abstract class SuggesterContract : SuggesterRobustness
{
    /// <summary>The histories that are tried, by name.</summary>
    public static TheoryData<string> HistoryNames => [.. Histories.ByName.Keys];

    /// <summary>The spaces that hold one value only or a bounded number of them, by name.</summary>
    public static TheoryData<string> SmallSpaceNames => [.. SmallSpaces.Keys];

    private static ImmutableSortedDictionary<string, SearchSpace> SmallSpaces { get; } =
        new Dictionary<string, SearchSpace>(StringComparer.Ordinal)
        {
            ["one option"] = Spaces.Flat(new Distribution.Choice(1)),
            ["one integer"] = Spaces.Single(new Distribution.RandInt(7, 8)),
            ["one multiple"] = Spaces.Single(new Distribution.QUniform(0.1, 0.2, 1)),
            ["one certain option"] = Spaces.Flat(new Distribution.PChoice([0, 1, 0])),
            ["very many integers"] = Spaces.Single(new Distribution.RandInt(0, 1L << 52)),
            ["far from zero"] = Spaces.Single(new Distribution.Uniform(1e9, 1e9 + 1)),
            ["very wide"] = Spaces.Flat(
                new Distribution.Uniform(-1e300, 1e300),
                new Distribution.LogUniform(-600, 600)
            ),
            ["very narrow"] = Spaces.Single(new Distribution.Uniform(0, 1e-300)),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(HistoryNames))]
    public void Points_lie_in_the_space_with_inactive_parameters_NaN(string history)
    {
        IReadOnlyList<Point> points = Suggest(Histories.ByName[history](Spaces.Everything), first: 1000, count: 12);

        Assert.Equal(12, points.Count);
        Assert.All(points, point => Support.AssertContains(Spaces.Everything, point));
    }

    [Theory]
    [MemberData(nameof(HistoryNames))]
    public void The_same_request_gives_the_same_points_and_leaves_the_history_as_it_was(string history)
    {
        TrialHistory trials = Histories.ByName[history](Spaces.Everything);
        Observation[] before = [.. trials.Observations];

        IReadOnlyList<Point> first = Suggest(trials, first: 1000, count: 3);
        IReadOnlyList<Point> again = Suggest(trials, first: 1000, count: 3);
        IReadOnlyList<Point> elsewhere = Suggest(Histories.ByName[history](Spaces.Everything), first: 1000, count: 3);

        Assert.Equal(first, again);
        Assert.Equal(first, elsewhere);
        Assert.Equal(before, trials.Observations);
    }

    [Theory]
    [MemberData(nameof(HistoryNames))]
    public void The_order_in_which_trials_were_recorded_does_not_matter(string history)
    {
        TrialHistory trials = Histories.ByName[history](Spaces.Everything);
        var reversed = new TrialHistory(Spaces.Everything);
        foreach (Observation observation in trials.Observations.Reverse())
        {
            reversed.Record(observation with { Kind = LossKind.Pending, Loss = double.NaN });
            if (reversed.Observations.Count % 32 == 1)
            {
                // Whoever keeps something with a history begins with it when first asked.
                Suggest(reversed, first: 1000, count: 1);
            }

            reversed.Record(observation with { Kind = LossKind.None, Loss = double.NaN });
            reversed.Record(observation);
        }

        Assert.Equal(Suggest(trials, first: 1000, count: 3), Suggest(reversed, first: 1000, count: 3));
    }

    [Theory]
    [MemberData(nameof(SmallSpaceNames))]
    public void Spaces_of_one_value_and_extreme_ones_are_searched_like_any_other(string name)
    {
        SearchSpace space = SmallSpaces[name];
        var history = new TrialHistory(space);
        for (int number = 0; number < 40; number++)
        {
            IReadOnlyList<Point> points = Suggest(history, number, count: 1);
            if (points.Count == 0)
            {
                // One that repeats nothing ends when everything was tried, and not before.
                Assert.Equal(SpaceSize.Of(space), history.Observations.Select(trial => trial.Point).Distinct().Count());
                return;
            }

            Point point = Assert.Single(points);
            Support.AssertContains(space, point);
            history.Record(Histories.Finite(number, point, loss: Math.Sin(number)));
        }
    }

    [Fact]
    public void Points_of_one_request_differ()
    {
        IReadOnlyList<Point> points = Suggest(Histories.ByName["finished"](Spaces.Everything), first: 1000, count: 8);

        Assert.Equal(8, points.Distinct().Count());
    }

    [Fact]
    public void Another_seed_and_another_number_give_other_points()
    {
        TrialHistory history = Histories.ByName["finished"](Spaces.Everything);
        Point point = Suggest(history, first: 1000, count: 1)[0];

        Assert.NotEqual(point, Suggest(history, first: 1000, count: 1, seed: 2)[0]);
        Assert.NotEqual(point, Suggest(history, first: 1001, count: 1)[0]);
    }

    [Theory]
    [MemberData(nameof(HistoryNames))]
    public void Reasons_are_given_when_asked_for_and_change_no_point(string history)
    {
        TrialHistory trials = Histories.ByName[history](Spaces.Everything);
        var request = new SuggestRequest(trials, First: 1000, Count: 3, Seed: 20) { MaxEvals = 1200, Parallelism = 4 };

        IReadOnlyList<Suggestion> plain = Suggester.Suggest(request);
        IReadOnlyList<Suggestion> explained = Suggester.Suggest(request with { Explain = true });

        Assert.Equal(plain, explained.Select(suggestion => suggestion with { Why = null }));
        Assert.All(
            explained.Select(suggestion => suggestion.Why).OfType<Explanation>(),
            why => Assert.All(why.Trials, number => Assert.Contains(trials.Observations, o => o.Number == number))
        );
    }

    [Fact]
    public async Task One_suggester_serves_many_threads()
    {
        TrialHistory history = Histories.ByName["finished"](Spaces.Everything);
        IReadOnlyList<Point>[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => Suggest(history, 1000, 2), TestContext.Current.CancellationToken))
        );

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }
}
