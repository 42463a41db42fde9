using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest;

/// <summary>A point that a suggester wants to see tried.</summary>
/// <param name="Point">The point.</param>
public sealed record Suggestion(Point Point)
{
    /// <summary>
    /// The algorithm that it comes from, when a suggester chooses among several; null for the study's algorithm itself.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>
    /// Why that algorithm, in one line; null when there is nothing to say. A log keeps it on the first trial of each change of
    /// source.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Why this point; null unless <see cref="SuggestRequest.Explain"/> asked for it.</summary>
    public Explanation? Why { get; init; }
}
