namespace FunctionTune.Studies;

/// <summary>What a machine or cluster can carry, as it was measured.</summary>
/// <param name="At">When.</param>
/// <param name="Slots">How many trials at once. Range: at least 1.</param>
/// <param name="Why">How the numbers come about, in one line.</param>
/// <param name="Ceiling">What no wish goes beyond; null for no bound. Range: at least 1.</param>
public sealed record MeasuredCapacity(DateTimeOffset At, int Slots, string Why, int? Ceiling = null);
