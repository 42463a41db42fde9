using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Suggest.Gp;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest.Gp;

/// <summary>What a user of <c>gp</c> notices.</summary>
public sealed class GpSearchTests
{
    private static readonly SearchSpace s_square = Testing.Suggest.Spaces.Flat(
        new Distribution.Uniform(0, 1),
        new Distribution.Uniform(0, 1)
    );

    private readonly GpSuggester _suggester = new(new GpOptions());

    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    public void An_explanation_speaks_of_losses_in_their_unit_and_of_trials_that_are_there(int number)
    {
        Explanation why = Ask(Bowl(number, unit: 1), number, explain: true)[0].Why!;
        Explanation whyInLargeUnit = Ask(Bowl(number, unit: 1024), number, explain: true)[0].Why!;

        Assert.InRange(why.Mean!.Value, -1, 1);
        Assert.InRange(why.Deviation!.Value, 1e-9, 1);
        Assert.Equal(1024 * why.Mean.Value, whyInLargeUnit.Mean);
        Assert.Equal(1024 * why.Deviation.Value, whyInLargeUnit.Deviation);
        Assert.Equal(Explanation.MostTrials, why.Trials.Distinct().Count());
        Assert.All(why.Trials, trial => Assert.InRange(trial, 0, number - 1));
    }

    [Fact]
    public void Nothing_is_explained_unasked() => Assert.Null(Ask(Bowl(10, unit: 1), 10)[0].Why);

    [Fact]
    public void Points_under_way_are_kept_away_from()
    {
        TrialHistory history = Bowl(10, unit: 1);
        Point first = Ask(history, 10)[0].Point;
        Assert.Equal(first, Ask(history, 10)[0].Point);

        history.Record(Histories.Lossless(10, first, LossKind.Pending));

        Assert.True(Distance(first, Ask(history, 10)[0].Point) > 0.01);
    }

    [Fact]
    public void Points_of_one_request_differ()
    {
        Point[] batch = [.. Ask(Bowl(10, unit: 1), 10, count: 8).Select(suggestion => suggestion.Point)];
        for (int i = 0; i < batch.Length; i++)
        {
            Assert.All(batch[..i], other => Assert.True(Distance(other, batch[i]) > 1e-3));
        }
    }

    [Fact]
    public void A_loss_with_a_large_variance_is_trusted_less_than_precise_ones()
    {
        (double trusted, double loss) = ExpectedOfTheOutlier(double.NaN);
        (double doubted, _) = ExpectedOfTheOutlier(1);

        Assert.InRange(trusted, loss - 0.2, loss + 0.2);
        Assert.True(doubted > loss + 0.5, $"{doubted} is expected of a doubtful loss of {loss}.");
    }

    [Fact]
    public void A_region_that_fails_is_left_but_not_its_neighbourhood()
    {
        // The best points lie at the edge of the region that fails.
        var history = new TrialHistory(s_square);
        for (int number = 0; number < 50; number++)
        {
            Point point = Ask(history, number)[0].Point;
            history.Record(
                point[0] > 0.6
                    ? Histories.Lossless(number, point, LossKind.Bad)
                    : Histories.Finite(number, point, 1 - point[0] + Math.Pow(point[1] - 0.3, 2))
            );
        }

        Assert.InRange(history.Observations.Where(o => o.Kind == LossKind.Finite).Min(o => o.Loss), 0.4, 0.45);
        Assert.InRange(history.Observations.Skip(20).Count(o => o.Kind == LossKind.Bad), 0, 20);
    }

    [Fact]
    public void The_median_of_the_prior_is_tried_first_then_the_space_is_filled()
    {
        Point[] start = [.. Ask(new TrialHistory(s_square), 0, count: 5).Select(suggestion => suggestion.Point)];

        Assert.Equal([0.5, 0.5], start[0].Values);
        Assert.Equal(5, start.Select(point => point[0]).Distinct().Count());
    }

    // What is expected at the middle, standardised, and the loss there.
    private static (double Expected, double Loss) ExpectedOfTheOutlier(double variance)
    {
        var coding = new SpaceCoding(Testing.Suggest.Spaces.Single(new Distribution.Uniform(0, 1)));
        Observation[] observations =
        [
            .. Enumerable
                .Range(0, 11)
                .Select(n => new Observation(
                    n,
                    new Point([n / 10.0]),
                    LossKind.Finite,
                    n == 5 ? -1 : Math.Sin(n * 0.3),
                    n == 5 ? variance : 1e-6
                )),
        ];
        var trials = TrainingSet.Of(coding, observations, most: 20);
        (Surrogate surrogate, WarpedLosses losses) = SurrogateFit.To(coding, trials, keepsShape: true, room: 0);
        return (surrogate.Expected[5], losses.Of(trials.Losses[5]));
    }

    private static double Distance(Point a, Point b) => Math.Max(Math.Abs(a[0] - b[0]), Math.Abs(a[1] - b[1]));

    private static TrialHistory Bowl(int count, double unit) =>
        Histories.Random(
            s_square,
            count,
            (n, p) => Histories.Finite(n, p, unit * (Math.Pow(p[0] - 0.4, 2) + Math.Pow(p[1] - 0.7, 2)))
        );

    private IReadOnlyList<Suggestion> Ask(TrialHistory history, int number, int count = 1, bool explain = false) =>
        _suggester.Suggest(new SuggestRequest(history, number, count, Seed: 3) { Explain = explain });
}
