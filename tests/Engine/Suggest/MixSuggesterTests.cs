using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class MixSuggesterTests : RankSuggesterContract
{
    protected override ISuggester Suggester { get; } =
        Suggesters.BuiltIn.Create(Algo.Mix((0.25, Algo.Rand()), (0.5, Algo.Anneal(avgBestIdx: 3)), (0.25, Algo.Tpe())));

    [Fact]
    public void Each_algorithm_is_asked_as_often_as_its_probability_says()
    {
        ISuggester mix = Suggesters.BuiltIn.Create(Algo.Mix((0.2, Algo.Rand()), (0.8, Algo.Sobol())));
        var history = new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Everything);

        IReadOnlyList<Suggestion> suggestions = mix.Suggest(
            new SuggestRequest(history, First: 0, Count: 2_000, Seed: 5)
        );

        Assert.InRange(suggestions.Count(s => s.Source == "rand"), 340, 460);
        Assert.Equal(2_000, suggestions.Count(s => s.Source is "rand" or "sobol"));
    }

    [Fact]
    public void A_mix_may_hold_a_mix()
    {
        ISuggester mix = Suggesters.BuiltIn.Create(Algo.Mix((1, Algo.Mix((0, Algo.Rand()), (1, Algo.Sobol())))));
        var history = new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Everything);

        Assert.Equal("sobol", mix.Suggest(new SuggestRequest(history, 0, 1, Seed: 5))[0].Source);
    }

    [Fact]
    public void Every_problem_of_a_description_is_told_with_its_place()
    {
        var algo = new AlgoSpec(
            "mix",
            JsonElement.Parse(
                """
                [ { "p": 0.5, "algo": { "anneal": { "avgBestIdx": 0.5 } } },
                  { "p": 0.25, "algo": "tpo" },
                  { "algo": "rand", "weight": 3 },
                  { "p": -1, "algo": "rand" } ]
                """
            )
        );

        Assert.Equal(
            [
                "$.algo.mix[0].algo.anneal.avgBestIdx",
                "$.algo.mix[1].algo",
                "$.algo.mix[2].p",
                "$.algo.mix[2].weight",
                "$.algo.mix[3].p",
            ],
            Suggesters.BuiltIn.Check(algo, "$.algo").Select(problem => problem.Path).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("""[{ "p": 0.5, "algo": "rand" }, { "p": 0.4, "algo": "tpe" }]""", "the probabilities must sum to 1")]
    [InlineData("[]", "a mix has at least one algorithm")]
    [InlineData("""{ "p": 1, "algo": "rand" }""", "a mix is a list of algorithms with their probabilities")]
    public void Probabilities_must_sum_to_1(string options, string rule)
    {
        IReadOnlyList<Problem> problems = Suggesters.BuiltIn.Check(
            new AlgoSpec("mix", JsonElement.Parse(options)),
            "$.algo"
        );

        Problem problem = Assert.Single(problems);
        Assert.Equal(("$.algo.mix", rule), (problem.Path, problem.Rule));
    }

    [Fact]
    public void When_the_algorithm_drawn_knows_no_further_point_another_is_asked()
    {
        var mix = new MixSuggester(
            new MixPart(0.9, "none", new Nothing()),
            new MixPart(0.1, "rand", new RandomSuggester())
        );
        var history = new TrialHistory(FunctionTune.Testing.Suggest.Spaces.Everything);

        IReadOnlyList<Suggestion> suggestions = mix.Suggest(new SuggestRequest(history, First: 0, Count: 20, Seed: 5));

        Assert.Equal(Enumerable.Repeat("rand", 20), suggestions.Select(s => s.Source!));
        Assert.Empty(
            new MixSuggester(new MixPart(1, "none", new Nothing())).Suggest(new SuggestRequest(history, 0, 2, 1))
        );
    }

    private sealed class Nothing : ISuggester
    {
        public IReadOnlyList<Suggestion> Suggest(SuggestRequest request) => ImmutableArray<Suggestion>.Empty;
    }
}
