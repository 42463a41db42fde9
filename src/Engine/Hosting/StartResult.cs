using System.Text.Json;
using FunctionTune.History;

namespace FunctionTune.Hosting;

/// <summary>What came of starting an attempt: exactly one of the two is there.</summary>
/// <param name="Handle">What the runner knows the run by, across processes.</param>
/// <param name="Outcome">The outcome, when there is no run.</param>
public sealed record StartResult(JsonElement? Handle, TrialOutcome? Outcome);
