namespace FunctionTune.Service.Simulation;

/// <summary>Somebody asked a simulated attempt to stop.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Reason">Who asked, in one line.</param>
/// <param name="At">When, UTC.</param>
internal sealed record StopMark(int Trial, int Attempt, string Reason, DateTimeOffset At);
