namespace FunctionTune.Service.Durable.Orders;

/// <summary>Read where a study stands. Answered by <see cref="StudyStanding"/>.</summary>
/// <param name="Study">The study's id.</param>
/// <param name="Returns">
/// Whether nobody worked on the study until now, so that its time limit moves on by the time since the last sign of a host.
/// </param>
public sealed record LoadOrder(string Study, bool Returns);
