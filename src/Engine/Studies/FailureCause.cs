namespace FunctionTune.Studies;

/// <summary>One of the causes that made trials of a study fail.</summary>
/// <param name="Message">What the first trial that failed for this cause said, in one line.</param>
/// <param name="Count">How many trials failed for it. Range: at least 1.</param>
public sealed record FailureCause(string Message, int Count);
