using FunctionTune.History;
using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest;

/// <summary>Whether TPE learns anything: against random search with the same start, over 40 seeds.</summary>
public sealed class SearchQualityTests
{
    private const int Seeds = 40;
    private const int Evaluations = 100;

    private static readonly SearchSpace s_plane = SearchSpace.Create(
        Hp.Dict(("x", Hp.Uniform("x", -5, 10)), ("y", Hp.Uniform("y", -5, 10)))
    );

    private static readonly SearchSpace s_model = SearchSpace.Create(
        Hp.Dict(
            ("rate", Hp.LogUniform("rate", Math.Log(1e-5), 0)),
            ("depth", Hp.UniformInt("depth", 1, 20)),
            ("kind", Hp.Choice("kind", Hp.Uniform("a", 0, 1), Hp.Normal("b", 0, 1), "c"))
        )
    );

    [Fact]
    public void Tpe_beats_rand_on_a_quadratic() =>
        AssertTpeWins(s_plane, point => Math.Pow(point[0] - 3, 2) + Math.Pow(point[1] + 1, 2));

    [Fact]
    public void Tpe_beats_rand_on_a_mixed_and_conditional_space() =>
        AssertTpeWins(
            s_model,
            point =>
                Math.Pow(Math.Log10(point[s_model.IndexOf("rate")]) + 2, 2)
                + Math.Pow((point[s_model.IndexOf("depth")] - 7) / 4, 2)
                + point[s_model.IndexOf("kind")] switch
                {
                    0 => 0.3 + point[s_model.IndexOf("a")],
                    1 => Math.Abs(point[s_model.IndexOf("b")] - 1),
                    _ => 0.8,
                }
        );

    private static void AssertTpeWins(SearchSpace space, Func<Point, double> loss)
    {
        double[] tpe =
        [
            .. Enumerable.Range(0, Seeds).Select(seed => Best(new TpeSuggester(new TpeOptions()), space, loss, seed)),
        ];
        double[] rand = [.. Enumerable.Range(0, Seeds).Select(seed => Best(new RandomSuggester(), space, loss, seed))];

        Assert.InRange(tpe.Zip(rand).Count(pair => pair.First < pair.Second), 24, Seeds);
        Assert.InRange(tpe.Order().ElementAt(Seeds / 2), 0, 0.75 * rand.Order().ElementAt(Seeds / 2));
    }

    private static double Best(ISuggester suggester, SearchSpace space, Func<Point, double> loss, int seed)
    {
        var history = new TrialHistory(space);
        for (int number = 0; number < Evaluations; number++)
        {
            Point point = suggester.Suggest(new SuggestRequest(history, number, Count: 1, (ulong)seed))[0].Point;
            history.Record(Histories.Finite(number, point, loss(point)));
        }

        return history.Observations.Min(observation => observation.Loss);
    }
}
