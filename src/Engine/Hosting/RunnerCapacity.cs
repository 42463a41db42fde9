namespace FunctionTune.Hosting;

/// <summary>How many trials a runner can carry at once, as of now.</summary>
/// <param name="Slots">What <c>parallelism: auto</c> means here. Range: at least 1.</param>
/// <param name="Why">How the numbers come about, in one line for people.</param>
/// <param name="Ceiling">What no wish goes beyond; null for no bound. Range: at least 1.</param>
public sealed record RunnerCapacity(int Slots, string Why, int? Ceiling = null);
