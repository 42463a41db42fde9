namespace FunctionTune.Remote.Blobs.Logs;

/// <summary>A place between two events of a log. What precedes it never changes.</summary>
/// <param name="Segment">Number of the segment. Range: at least 1.</param>
/// <param name="Offset">Bytes of the segment that precede it.</param>
/// <param name="Version">Events of the log that precede it.</param>
/// <param name="Created">When the segment was created, which tells it from another of its name; null when that was not seen.</param>
internal sealed record LogPosition(int Segment, long Offset, long Version, DateTimeOffset? Created)
{
    /// <summary>Before the first event.</summary>
    public static LogPosition Start { get; } = new(1, 0, 0, null);

    /// <summary>Whether a segment created then may be the one that the position lies in.</summary>
    public bool IsIn(DateTimeOffset created) => Created is null || Created == created;
}
