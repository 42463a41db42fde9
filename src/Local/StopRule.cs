using System.Text.Json;

namespace FunctionTune.Local;

/// <summary>A rule of the user's own about when to stop; hyperopt's <c>early_stop_fn</c>.</summary>
/// <param name="trials">
/// The trials as of one that ended by itself: those that ended before it and itself, in the order in which they ended. It is
/// asked once after each of them, in that order, whatever the parallelism.
/// </param>
/// <param name="state">What the rule returned the last time, null at first; it survives a restart.</param>
/// <returns>Whether the study should stop, and what to be handed the next time.</returns>
public delegate (bool Stop, JsonElement? State) StopRule(Trials trials, JsonElement? state);
