using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;
using TestSpaces = FunctionTune.Testing.Suggest.Spaces;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class TpeSuggesterTests : RankSuggesterContract
{
    protected override ISuggester Suggester { get; } = new TpeSuggester(new TpeOptions());

    [Theory]
    [InlineData("one trial")]
    [InlineData("all not numbers")]
    public void Points_are_those_of_rand_until_enough_trials_are_known(string history)
    {
        TrialHistory trials = Histories.ByName[history](TestSpaces.Everything);
        var request = new SuggestRequest(trials, First: 77, Count: 5, Seed: 3);

        Assert.Equal(new RandomSuggester().Suggest(request), Suggester.Suggest(request));
    }

    [Fact]
    public void Pending_trials_and_points_of_the_same_request_count_towards_the_start()
    {
        TrialHistory trials = Histories.Random(
            TestSpaces.Everything,
            18,
            (number, point) => Histories.Lossless(number, point, LossKind.Pending)
        );
        var request = new SuggestRequest(trials, First: 18, Count: 3, Seed: 3);

        IReadOnlyList<Suggestion> points = Suggester.Suggest(request);
        IReadOnlyList<Suggestion> random = new RandomSuggester().Suggest(request);

        Assert.Equal(random.Take(2), points.Take(2));
        Assert.NotEqual(random[2], points[2]);
    }

    [Fact]
    public void Points_of_one_request_are_those_of_single_requests_with_the_earlier_ones_pending()
    {
        TrialHistory trials = Histories.ByName["finished"](TestSpaces.Everything);
        IReadOnlyList<Point> together = Suggest(trials, first: 60, count: 4);
        for (int i = 0; i < together.Count; i++)
        {
            Assert.Equal(together[i], Assert.Single(Suggest(trials, 60 + i, count: 1)));
            trials.Record(Histories.Lossless(60 + i, together[i], LossKind.Pending));
        }
    }

    [Fact]
    public void Trials_of_which_nothing_is_known_change_nothing()
    {
        TrialHistory trials = Histories.ByName["finished"](TestSpaces.Everything);
        IReadOnlyList<Point> before = Suggest(trials, first: 1000, count: 1);
        trials.Record(Histories.Lossless(500, trials.Observations[3].Point, LossKind.None));

        Assert.Equal(before, Suggest(trials, first: 1000, count: 1));
    }

    [Fact]
    public void Options_out_of_range_are_refused_all_at_once()
    {
        var options = new TpeOptions(PriorWeight: 0, StartupTrials: -1, Candidates: 0, Gamma: double.NaN);

        var refused = Assert.Throws<InvalidInputException>(() => new TpeSuggester(options));

        Assert.Collection(
            refused.Problems,
            problem => Assert.Equal("$.priorWeight", problem.Path),
            problem => Assert.Equal("$.nStartupJobs", problem.Path),
            problem => Assert.Equal("$.nEICandidates", problem.Path),
            problem => Assert.Equal("$.gamma", problem.Path)
        );
        Assert.Contains("priorWeight > 0 must hold, finite; got 0", refused.Message, StringComparison.Ordinal);
    }
}
