namespace FunctionTune.Remote.Jobs;

/// <summary>An attempt at a trial of some study.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Attempt">The attempt, from 1.</param>
internal readonly record struct TrialAttempt(int Trial, int Attempt);
