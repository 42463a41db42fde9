using System.Collections.Immutable;

namespace FunctionTune.Service.Durable.Orders;

/// <summary>Ask attempts to stop, as far as they are under way; polls tell how they end. Answered by <see cref="LogSlice"/>.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Seen">The version of the log that is known already.</param>
/// <param name="Trials">The attempts.</param>
public sealed record StopOrder(string Study, long Seen, ImmutableArray<TrialAttempt> Trials);
