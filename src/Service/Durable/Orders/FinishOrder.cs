using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Orders;

/// <summary>End the study, and whatever it may have left running, if the log still calls for it. Answered by <see cref="LogSlice"/>.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Seen">The version of the log that is known already.</param>
/// <param name="Reason">Why it is over.</param>
public sealed record FinishOrder(string Study, long Seen, StopReason Reason);
