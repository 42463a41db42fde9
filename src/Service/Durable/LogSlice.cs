using System.Collections.Immutable;

namespace FunctionTune.Service.Durable;

/// <summary>
/// What every activity answers: what the log holds beyond what the orchestration had seen, whoever wrote it. Slices of
/// activities side by side overlap; each event has its place, so it is folded once and in the log's order.
/// </summary>
/// <param name="From">The version of the log that the orchestration had seen.</param>
/// <param name="To">The version as of the answer.</param>
/// <param name="Facts">The events between them that a state may depend on, in the log's order.</param>
public sealed record LogSlice(long From, long To, ImmutableArray<StateFact> Facts)
{
    /// <summary>What kept the activity from its work, in a line: it is to be tried again later; null when nothing did.</summary>
    public string? Trouble { get; init; }
}
