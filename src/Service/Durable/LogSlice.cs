using System.Collections.Immutable;

namespace FunctionTune.Service.Durable;

/// <summary>
/// What every activity answers: what the log holds beyond what the orchestration had seen, whoever wrote it. Slices of
/// activities side by side overlap; each event has its place, so it is folded once and in the log's order.
/// </summary>
/// <param name="From">The version of the log that the orchestration had seen.</param>
/// <param name="To">The version up to which this tells.</param>
/// <param name="Facts">The events between them that a state may depend on, in the log's order.</param>
public sealed record LogSlice(long From, long To, ImmutableArray<StateFact> Facts) : IActivityAnswer
{
    /// <summary>The most facts in a slice: as many as stay below what a durable queue carries in a message, 45 KiB.</summary>
    public const int MostFacts = 128;

    /// <summary>Whether the log holds more than this tells.</summary>
    public bool More { get; init; }

    /// <inheritdoc/>
    public string? Trouble { get; init; }

    /// <summary>A slice of these facts, or of as many as it takes.</summary>
    /// <param name="seen">The version that was seen.</param>
    /// <param name="version">The version of the log.</param>
    /// <param name="facts">All facts between them.</param>
    internal static LogSlice Of(long seen, long version, ImmutableArray<StateFact> facts) =>
        facts.Length <= MostFacts
            ? new LogSlice(seen, Math.Max(seen, version), facts)
            : new LogSlice(seen, facts[MostFacts].Position, facts[..MostFacts]) { More = true };
}
