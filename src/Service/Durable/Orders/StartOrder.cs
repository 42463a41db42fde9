using System.Collections.Immutable;

namespace FunctionTune.Service.Durable.Orders;

/// <summary>Start attempts side by side, as far as the log still calls for them. Answered by <see cref="LogSlice"/>.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Seen">The version of the log that is known already.</param>
/// <param name="Trials">The attempts.</param>
public sealed record StartOrder(string Study, long Seen, ImmutableArray<TrialAttempt> Trials);
