using System.Collections.Immutable;
using FunctionTune.History;

namespace FunctionTune.Hosting;

/// <summary>What a look at a run brought.</summary>
/// <param name="Values">Intermediate values not told before, in the order of their reporting.</param>
/// <param name="Outcome">How the run ended; null while it goes on.</param>
public sealed record RunReport(ImmutableArray<IntermediateValue> Values, TrialOutcome? Outcome);
