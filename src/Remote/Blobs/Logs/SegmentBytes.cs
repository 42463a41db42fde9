using Azure;
using Azure.Storage.Blobs.Models;

namespace FunctionTune.Remote.Blobs.Logs;

/// <summary>A stretch of a segment, from some byte to its end.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="ETag">The state of the segment.</param>
/// <param name="Blocks">How many appends made the segment.</param>
/// <param name="IsAppendBlob">Whether the segment can be appended to.</param>
/// <param name="Created">When the segment was created.</param>
internal sealed record SegmentBytes(
    ReadOnlyMemory<byte> Bytes,
    ETag ETag,
    int Blocks,
    bool IsAppendBlob,
    DateTimeOffset Created
)
{
    public static SegmentBytes Of(BlobDownloadResult result) =>
        new(
            result.Content.ToMemory(),
            result.Details.ETag,
            result.Details.BlobCommittedBlockCount,
            result.Details.BlobType == BlobType.Append,
            result.Details.CreatedOn
        );

    public static SegmentBytes Of(BlobProperties properties) =>
        new(
            default,
            properties.ETag,
            properties.BlobCommittedBlockCount,
            properties.BlobType == BlobType.Append,
            properties.CreatedOn
        );
}
