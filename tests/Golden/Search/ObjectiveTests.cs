using System.Globalization;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Search;

namespace FunctionTune.Golden.Tests.Search;

/// <summary>The objectives on which the peers were measured, beside what those who measured them recorded.</summary>
public sealed class ObjectiveTests
{
    private const int Draws = 20_000;

    // The recorded quantiles come from random points too; they are as sure as those of so many.
    private const int RecordedDraws = 2_000;

    public static TheoryData<string> Names => [.. Objectives.All.Select(objective => objective.Name)];

    [Fact]
    public void All_recorded_objectives_are_there() =>
        Assert.Equal(
            GoldenData.Objectives.EnumerateObject().Select(o => o.Name).Where(name => name != "_about").Order(),
            Objectives.All.Select(objective => objective.Name).Order()
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_are_the_recorded_ones(string name)
    {
        (Objective objective, JsonElement recorded) = Find(name);

        Assert.Equal(recorded.GetProperty("optimum").GetDouble(), objective.Optimum);
        Assert.Equal(recorded.GetProperty("noise").GetDouble(), objective.NoiseDeviation);
        foreach (JsonElement row in recorded.GetProperty("points").EnumerateArray())
        {
            Point point = objective.Space.FromLabels(row.GetProperty("p").Deserialize<Dictionary<string, double>>()!);
            GoldenData.AssertClose([row.GetProperty("loss").GetDouble()], [objective.At(point)], $"{name} at {row}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_points_have_losses_like_the_recorded_ones(string name)
    {
        (Objective objective, JsonElement recorded) = Find(name);
        double[] losses =
        [
            .. new RandomSuggester()
                .Suggest(new SuggestRequest(new TrialHistory(objective.Space), First: 0, Draws, Seed: 1))
                .Select(suggestion => objective.At(suggestion.Point)),
        ];

        foreach (JsonProperty quantile in recorded.GetProperty("quantiles").EnumerateObject())
        {
            double p = double.Parse(quantile.Name, CultureInfo.InvariantCulture);
            double below = losses.Count(loss => loss < quantile.Value.GetDouble()) / (double)Draws;
            double deviation = Math.Sqrt(p * (1 - p) * ((1.0 / Draws) + (1.0 / RecordedDraws)));
            Assert.InRange(below, p - (4 * deviation), p + (4 * deviation));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_random_point_is_better_than_the_optimum(string name)
    {
        (Objective objective, _) = Find(name);
        IReadOnlyList<Suggestion> points = new RandomSuggester().Suggest(
            new SuggestRequest(new TrialHistory(objective.Space), First: 0, Draws, Seed: 2)
        );

        Assert.All(points, suggestion => Assert.True(objective.At(suggestion.Point) >= objective.Optimum - 1e-12));
    }

    private static (Objective Objective, JsonElement Recorded) Find(string name) =>
        (Objectives.All.Single(objective => objective.Name == name), GoldenData.Objectives.GetProperty(name));
}
