using System.Collections.Immutable;
using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>A new trial and its point.</summary>
/// <param name="Number">The trial's number, from 0.</param>
/// <param name="Point">
/// Raw value by label, active parameters only; for a choice the zero-based index of its option (what people and programs
/// are shown is the option itself).
/// </param>
/// <param name="Source">Who suggested it: an algorithm's name, or <c>given</c> for a point to evaluate.</param>
/// <param name="Reason">Why that algorithm, in one line; on the first trial of each change of source only.</param>
/// <param name="Why">Why this point; kept when the study asks for it.</param>
public sealed record SuggestedTrial(
    int Number,
    ImmutableSortedDictionary<string, double> Point,
    string Source,
    string? Reason = null,
    Explanation? Why = null
);
