using System.Text.Json;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Engine.Tests.Hosting;

public sealed class SuggestersTests
{
    [Fact]
    public void The_algorithms_are_made_by_name_with_their_options()
    {
        Assert.IsType<RandomSuggester>(Suggesters.BuiltIn.Create(Algo.Rand()));
        Assert.IsType<TpeSuggester>(Suggesters.BuiltIn.Create(new AlgoSpec("tpe")));
        Assert.IsType<TpeSuggester>(Suggesters.BuiltIn.Create(Algo.Tpe(gamma: 0.5, nStartupJobs: 5)));
    }

    [Fact]
    public void Every_bad_option_is_listed_with_its_path()
    {
        JsonElement options = JsonSerializer.Deserialize<JsonElement>(
            """{"gamma": -1, "nStartupJobs": 1.5, "nEICandidates": 20000, "gama": 1}"""
        );

        IReadOnlyList<Problem> problems = Suggesters.BuiltIn.Check(new AlgoSpec("tpe", options), "$.algo");

        Assert.Equal(
            ["$.algo.tpe.gama", "$.algo.tpe.gamma", "$.algo.tpe.nEICandidates", "$.algo.tpe.nStartupJobs"],
            problems.Select(problem => problem.Path).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_misspelt_algorithm_is_suggested()
    {
        var error = Assert.Throws<InvalidInputException>(() => Suggesters.BuiltIn.Create(new AlgoSpec("tep")));

        Assert.Contains("Did you mean 'tpe'?", error.Message, StringComparison.Ordinal);
    }
}
