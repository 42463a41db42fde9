namespace FunctionTune.Service.Durable.Orders;

/// <summary>Look at all trials under way, until one has ended or the time is over. Answered by <see cref="LogSlice"/>.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Seen">The version of the log that is known already.</param>
/// <param name="Hold">How long to wait for an end; zero for a single look. Range: at most a few seconds.</param>
public sealed record PollOrder(string Study, long Seen, TimeSpan Hold);
