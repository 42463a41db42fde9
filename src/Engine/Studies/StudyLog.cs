using System.Collections.Immutable;

namespace FunctionTune.Studies;

/// <summary>A stretch of a study's log.</summary>
/// <param name="From">Version before the first of <paramref name="Events"/>: how many events precede it.</param>
/// <param name="Events">The events, oldest first.</param>
public sealed record StudyLog(long From, ImmutableArray<StudyEvent> Events)
{
    /// <summary>The version after the last event: how many events the log has.</summary>
    public long Version => From + Events.Length;
}
