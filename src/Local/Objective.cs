using FunctionTune.History;

namespace FunctionTune.Local;

/// <summary>What is minimised, in its most general form.</summary>
/// <param name="parameters">The setting to try.</param>
/// <param name="trial">The trial: its number, what it may report, when it should stop.</param>
/// <returns>The result; a bare number converts by itself.</returns>
public delegate Task<TrialResult> Objective(Params parameters, TrialScope trial);
