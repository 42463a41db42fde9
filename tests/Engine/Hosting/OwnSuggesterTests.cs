using System.Text.Json;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Engine.Tests.Hosting;

/// <summary>A program adds an algorithm of its own to those that come along.</summary>
public sealed class OwnSuggesterTests
{
    private static readonly Suggesters s_suggesters = Suggesters.BuiltIn.With(
        "my-search",
        options =>
            options.Number("step", step => step > 0, "above 0") is > 100
                ? throw new InvalidInputException([new Problem("$.algo.my-search.step", "a step is at most 100")])
                : new RandomSuggester()
    );

    [Fact]
    public void It_is_made_by_its_name_with_its_options()
    {
        Assert.IsType<RandomSuggester>(s_suggesters.Create(new AlgoSpec("my-search")));
        Assert.Empty(s_suggesters.Check(Algorithm("""{"step": 2}"""), "$.algo"));
        Assert.IsType<TpeSuggester>(s_suggesters.Create(new AlgoSpec("tpe")));
    }

    [Theory]
    [InlineData("""{"step": 0}""", "$.algo.my-search.step")]
    [InlineData("""{"step": 200}""", "$.algo.my-search.step")]
    [InlineData("""{"stepp": 2}""", "$.algo.my-search.stepp")]
    public void A_bad_option_is_refused_by_its_path(string options, string path)
    {
        Problem problem = Assert.Single(s_suggesters.Check(Algorithm(options), "$.algo"));
        Assert.Equal(path, problem.Path);
        Assert.Throws<InvalidInputException>(() => s_suggesters.Create(Algorithm(options)));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_all_known_ones()
    {
        Problem problem = Assert.Single(s_suggesters.Check(new AlgoSpec("no-such-thing-at-all"), "$.algo"));

        Assert.All(s_suggesters.Names, name => Assert.Contains(name, problem.Hint, StringComparison.Ordinal));
        Assert.Contains("my-search", s_suggesters.Names);
    }

    [Fact]
    public void Those_that_come_along_stay_as_they_are() =>
        Assert.Single(Suggesters.BuiltIn.Check(new AlgoSpec("my-search"), "$.algo"));

    [Theory]
    [InlineData("")]
    [InlineData("My")]
    [InlineData("a b")]
    [InlineData("tpe")]
    [InlineData("my-search")]
    [InlineData("given")]
    public void A_name_is_plain_and_not_taken(string name) =>
        Assert.Throws<ArgumentException>(() => s_suggesters.With(name, _ => new RandomSuggester()));

    private static AlgoSpec Algorithm(string options) =>
        new("my-search", JsonSerializer.Deserialize<JsonElement>(options));
}
