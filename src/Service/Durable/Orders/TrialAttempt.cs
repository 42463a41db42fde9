namespace FunctionTune.Service.Durable.Orders;

/// <summary>An attempt at a trial.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Attempt">The attempt, from 1.</param>
public readonly record struct TrialAttempt(int Trial, int Attempt);
