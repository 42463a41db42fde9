namespace FunctionTune.Studies;

/// <summary>A trial that waits to be started.</summary>
/// <param name="Attempt">The attempt to start, from 1.</param>
/// <param name="Losses">How many of its attempts were lost to infrastructure.</param>
/// <param name="NotBefore">The earliest time for the attempt; null for now.</param>
public sealed record WaitingTrial(int Attempt, int Losses, DateTimeOffset? NotBefore = null);
