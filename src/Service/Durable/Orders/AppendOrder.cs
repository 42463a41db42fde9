namespace FunctionTune.Service.Durable.Orders;

/// <summary>
/// Look at the log, and write down what no other activity learns: that the study's time is over. Answered by
/// <see cref="LogSlice"/>.
/// </summary>
/// <param name="Study">The study's id.</param>
/// <param name="Seen">The version of the log that is known already.</param>
/// <param name="Deadline">The deadline that has passed; null when none has.</param>
public sealed record AppendOrder(string Study, long Seen, DateTimeOffset? Deadline = null);
