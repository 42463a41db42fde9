namespace FunctionTune.Service.Durable.Orders;

/// <summary>Create a study from its request, unless it exists. Answered by <see cref="PrepareAnswer"/>.</summary>
/// <param name="Study">The study's id.</param>
public sealed record PrepareOrder(string Study);
