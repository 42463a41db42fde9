using FunctionTune.Studies;

namespace FunctionTune.Service.Durable;

/// <summary>An event of a log without what decisions do not need, such as points and texts.</summary>
/// <param name="Position">Its place in the log, from 0.</param>
/// <param name="Fact">The event.</param>
public sealed record StateFact(long Position, StudyEvent Fact);
