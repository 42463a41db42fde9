using FunctionTune.History;

namespace FunctionTune.Remote.Trials;

/// <summary>What came of laying out the files of an attempt: exactly one of the two is there.</summary>
/// <param name="Uri">Where the trial finds its trial file; may carry a permission, so it is not to be written down.</param>
/// <param name="Outcome">The outcome, when there is no place for the attempt.</param>
internal sealed record TrialPlace(string? Uri, TrialOutcome? Outcome);
