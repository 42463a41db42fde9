using System.Text.Json;

namespace FunctionTune.Studies;

/// <summary>An attempt under way.</summary>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Losses">How many of its earlier attempts were lost to infrastructure.</param>
/// <param name="Handle">What its runner knows it by.</param>
public sealed record LiveTrial(int Attempt, int Losses, JsonElement Handle);
