namespace FunctionTune.Suggest;

/// <summary>
/// A search algorithm. Implementations are pure: the same request gives the same points, on one type of machine and one
/// version of the runtime; they hold no state between calls, take all randomness from the request's seed, never change the
/// history, and may be called from any thread. Every point lies in the space, with inactive parameters NaN. Whether reasons are
/// asked for changes no point.
/// </summary>
public interface ISuggester
{
    /// <summary>Suggests the next points.</summary>
    /// <param name="request">The space, what is known, how many points are wanted, and what bounds the study.</param>
    /// <returns>
    /// At most <see cref="SuggestRequest.Count"/> points; fewer only when the space holds no further point.
    /// </returns>
    IReadOnlyList<Suggestion> Suggest(SuggestRequest request);
}
