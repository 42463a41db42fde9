using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class SobolSuggesterTests : RankSuggesterContract
{
    protected override ISuggester Suggester { get; } = new SobolSuggester();

    [Fact]
    public void The_first_points_of_every_parameter_are_spread_evenly()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Flat(
            Enumerable.Repeat(new Distribution.Uniform(0, 16), 40)
        );

        IReadOnlyList<Point> points = Suggest(new TrialHistory(space), first: 0, count: 16);

        Assert.All(
            space.Parameters,
            p => Assert.Equal(Enumerable.Range(0, 16), points.Select(point => (int)point[p.Index]).Order())
        );
    }

    [Fact]
    public void A_point_depends_on_the_seed_and_the_number_of_its_trial_only()
    {
        SearchSpace space = FunctionTune.Testing.Suggest.Spaces.Everything;

        IReadOnlyList<Point> together = Suggest(new TrialHistory(space), first: 3, count: 5);
        Point alone = Suggest(Histories.ByName["every kind"](space), first: 6, count: 1)[0];

        Assert.Equal(together[3], alone);
    }
}
