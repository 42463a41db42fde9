using FunctionTune.Suggest;

namespace FunctionTune.Testing.Suggest;

/// <summary>Draws from the prior, and says of each trial what a script says.</summary>
/// <param name="script">What is to be said of the trial with a number.</param>
public sealed class ScriptedSuggester(Func<int, Suggestion, Suggestion> script) : ISuggester
{
    private readonly RandomSuggester _random = new();

    /// <summary>The request that came last.</summary>
    public SuggestRequest? Asked { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<Suggestion> Suggest(SuggestRequest request)
    {
        Asked = request;
        return [.. _random.Suggest(request).Select((suggestion, i) => script(request.First + i, suggestion))];
    }
}
