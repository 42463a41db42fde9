namespace FunctionTune.Service.Durable.Orders;

/// <summary>Suggest as many new trials as the log calls for. Answered by <see cref="LogSlice"/>.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Seen">The version of the log that is known already.</param>
/// <param name="First">The number of the first new trial; when the log has it already, nothing is suggested.</param>
public sealed record SuggestOrder(string Study, long Seen, int First);
