using System.Text.Json.Nodes;
using FunctionTune.History;

namespace FunctionTune.Remote.Jobs;

/// <summary>What came of submitting a job: exactly one of the two is there.</summary>
/// <param name="Job">What the service knows the job by, across processes.</param>
/// <param name="Outcome">The outcome of its trials, when there is no job.</param>
internal sealed record JobStart(JsonObject? Job, TrialOutcome? Outcome);
