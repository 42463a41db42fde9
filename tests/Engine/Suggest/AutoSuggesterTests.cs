using FunctionTune.Spaces;
using FunctionTune.Suggest;
using FunctionTune.Testing.Suggest;
using TestSpaces = FunctionTune.Testing.Suggest.Spaces;

namespace FunctionTune.Engine.Tests.Suggest;

public sealed class AutoSuggesterTests
{
    private static readonly SearchSpace s_numbers = TestSpaces.Flat(
        new Distribution.Uniform(0, 1),
        new Distribution.QLogUniform(0, 5, 1)
    );

    private static readonly SearchSpace s_options = TestSpaces.Flat(
        new Distribution.Uniform(0, 1),
        new Distribution.Choice(3)
    );

    private static readonly SearchSpace s_wide = TestSpaces.Flat([
        .. Enumerable.Repeat<Distribution>(new Distribution.Uniform(0, 1), 61),
    ]);

    [Fact]
    public void Few_trials_are_given_to_the_Gaussian_process()
    {
        AssertAsks("gp", new GpSuggester(new GpOptions()), s_numbers, trials: 0);
        AssertAsks("gp", new GpSuggester(new GpOptions()), s_options, trials: 40);
        AssertAsks("gp", new GpSuggester(new GpOptions()), s_numbers, trials: 299);
    }

    [Fact]
    public void Many_trials_over_ordered_numbers_are_given_to_CMA_ES() =>
        AssertAsks("cmaes", new CmaesSuggester(new CmaesOptions()), s_numbers, trials: 300);

    [Fact]
    public void Very_many_trials_are_given_to_what_need_not_follow_them_all() =>
        AssertAsks("tpe-mv", new TpeMvSuggester(new TpeMvOptions()), s_numbers, trials: 2000);

    [Fact]
    public void Many_trials_with_options_are_given_to_the_multivariate_estimators() =>
        AssertAsks("tpe-mv", new TpeMvSuggester(new TpeMvOptions()), s_options, trials: 300);

    [Fact]
    public void Very_many_parameters_are_never_given_to_the_Gaussian_process()
    {
        AssertAsks("tpe-mv", new TpeMvSuggester(new TpeMvOptions()), s_wide, trials: 20);
        AssertAsks("tpe-mv", new TpeMvSuggester(new TpeMvOptions()), s_wide, trials: 300);
    }

    private static void AssertAsks(string source, ISuggester chosen, SearchSpace space, int trials)
    {
        var request = new SuggestRequest(Histories.Random(space, trials, Histories.Finite), trials, Count: 2, Seed: 3);

        IReadOnlyList<Suggestion> suggestions = new AutoSuggester().Suggest(request);

        Assert.Equal(chosen.Suggest(request).Select(s => s.Point), suggestions.Select(s => s.Point));
        Assert.All(suggestions, suggestion => Assert.Equal(source, suggestion.Source));
        Assert.All(suggestions, suggestion => Assert.NotEmpty(suggestion.Reason!));
    }
}
