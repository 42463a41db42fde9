using System.Collections.Immutable;

namespace FunctionTune.Service.Schedules;

/// <summary>What came of reading a schedule.</summary>
/// <param name="Place">Where it was found, such as a path.</param>
/// <param name="Schedule">The schedule; null when there are problems.</param>
/// <param name="Problems">Everything that is wrong with it.</param>
public sealed record ScheduleReading(string Place, Schedule? Schedule, ImmutableArray<Problem> Problems);
