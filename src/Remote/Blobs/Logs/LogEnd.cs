using Azure;

namespace FunctionTune.Remote.Blobs.Logs;

/// <summary>The end of a log as it was last seen.</summary>
/// <param name="Position">Behind the last whole event.</param>
/// <param name="ETag">The state of the last segment.</param>
/// <param name="Blocks">How many appends made the last segment.</param>
/// <param name="IsAppendBlob">Whether the last segment can be appended to: one that was copied from elsewhere may not.</param>
/// <param name="IsTorn">Whether bytes without a line break follow: a log copied from a folder after a power cut may end so.</param>
internal sealed record LogEnd(LogPosition Position, ETag ETag, int Blocks, bool IsAppendBlob, bool IsTorn)
{
    /// <summary>Whether what comes next belongs into a further segment.</summary>
    /// <param name="maxBlocks">How many appends a segment takes.</param>
    public bool IsFull(int maxBlocks) => !IsAppendBlob || Blocks >= maxBlocks;
}
