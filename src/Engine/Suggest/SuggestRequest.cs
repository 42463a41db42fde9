using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Suggest;

/// <summary>What a suggester is asked.</summary>
/// <param name="History">What is known, and the space; trials not finished yet are in it as pending.</param>
/// <param name="First">Number of the trial that gets the first point; the others follow.</param>
/// <param name="Count">How many points are wanted. Range: at least 1.</param>
/// <param name="Seed">The study's seed; a point's randomness comes from it and the trial's number alone.</param>
public sealed record SuggestRequest(TrialHistory History, int First, int Count, ulong Seed)
{
    /// <summary>How many trials the study has in all; null when nothing bounds them. Range: at least 1.</summary>
    public int? MaxEvals { get; init; }

    /// <summary>How many trials the study may have under way at once. Range: at least 1.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Whether each point is to come with an <see cref="Explanation"/>.</summary>
    public bool Explain { get; init; }

    /// <summary>The space to search.</summary>
    public SearchSpace Space => History.Space;
}
