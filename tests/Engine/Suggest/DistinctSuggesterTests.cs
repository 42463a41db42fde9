using FunctionTune.Engine.Tests.Spaces;
using FunctionTune.History;
using FunctionTune.Numerics;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class DistinctSuggesterTests : RankSuggesterContract
{
    private static readonly RandomSuggester s_random = new();

    private static readonly ScriptedSuggester s_stubborn = new(
        (_, suggestion) => suggestion with { Point = new Point([.. suggestion.Point.Values.Select(_ => 0.0)]) }
    );

    protected override ISuggester Suggester { get; } = new DistinctSuggester(s_random, redraws: 3);

    [Fact]
    public void Every_point_of_a_small_space_comes_out_once_and_then_no_more()
    {
        foreach ((SearchSpace space, HashSet<string> points) in DiscreteSpaces.Random(count: 120, mostPoints: 400))
        {
            var random = Pcg64.ForTrial(8, points.Count);
            var history = new TrialHistory(space);
            HashSet<string> met = [];
            int asked;
            IReadOnlyList<Suggestion> given;
            do
            {
                asked = 1 + (int)random.NextBelow(5);
                given = Suggester.Suggest(new SuggestRequest(history, met.Count, asked, Seed: 4));
                foreach (Suggestion suggestion in given)
                {
                    Assert.True(met.Add(DiscreteSpaces.Text(space, suggestion.Point)), "A point came out twice.");
                    history.Record(OfAnyKind(met.Count - 1, suggestion.Point));
                }
            } while (given.Count == asked);

            Assert.True(points.SetEquals(met));
            Assert.Empty(Suggester.Suggest(new SuggestRequest(history, met.Count, Count: 3, Seed: 4)));
        }
    }

    [Fact]
    public void An_algorithm_that_wants_one_point_only_goes_out_from_it()
    {
        SearchSpace space = Hp.List(Hp.RandInt("a", 40), Hp.RandInt("b", 40));
        var suggester = new DistinctSuggester(s_stubborn, redraws: 2);
        var history = new TrialHistory(space);
        for (int number = 0; number < 60; number++)
        {
            Point point = Assert.Single(suggester.Suggest(new SuggestRequest(history, number, 1, Seed: 1))).Point;
            history.Record(Histories.Finite(number, point));
        }

        Assert.Equal(60, history.Observations.Select(trial => trial.Point).Distinct().Count());
        Assert.All(history.Observations.Take(17), trial => Assert.InRange(trial.Point[0] + trial.Point[1], 0, 8));
    }

    [Fact]
    public void A_space_of_a_million_million_points_is_none_to_go_through()
    {
        SearchSpace space = Hp.List([.. Enumerable.Range(0, 12).Select(i => Hp.RandInt($"x{i}", 10))]);
        TrialHistory history = Histories.Random(space, 2000, Histories.Finite);
        var request = new SuggestRequest(history, First: 2000, Count: 500, Seed: 1);

        IReadOnlyList<Suggestion> points = new DistinctSuggester(s_stubborn, redraws: 1).Suggest(request);

        Assert.Equal(500, points.Select(suggestion => suggestion.Point).Distinct().Count());
        Assert.DoesNotContain(points, point => history.Observations.Any(trial => trial.Point.Equals(point.Point)));
    }

    [Fact]
    public void Points_that_are_free_are_left_as_they_are()
    {
        var history = new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Everything);
        var request = new SuggestRequest(history, 0, Count: 10, Seed: 1);

        Assert.Equal(s_random.Suggest(request), Suggester.Suggest(request));
    }

    [Fact]
    public void What_was_tried_follows_the_trials()
    {
        SearchSpace space = Hp.RandInt("x", 3);
        var history = new TrialHistory(space);
        history.Record(Histories.Finite(0, new Point([0])));
        Assert.True(history.Tried.Contains(new Point([0])));

        history.Record(Histories.Finite(0, new Point([1])));
        history.Record(Histories.Finite(1, new Point([1])));
        history.Record(Histories.Finite(1, new Point([2])));

        Assert.False(history.Tried.Contains(new Point([0])));
        Assert.Equal(2, history.Tried.Count);
    }

    private static Observation OfAnyKind(int number, Point point) =>
        (number % 4) switch
        {
            0 => Histories.Finite(number, point),
            1 => Histories.Lossless(number, point, LossKind.None),
            2 => Histories.Lossless(number, point, LossKind.Bad),
            _ => Histories.Lossless(number, point, LossKind.Pending),
        };
}
