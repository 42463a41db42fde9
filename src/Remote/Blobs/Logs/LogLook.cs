using FunctionTune.Studies;

namespace FunctionTune.Remote.Blobs.Logs;

/// <summary>One look at a log: from a position through all segments to the end.</summary>
/// <param name="segments">The log.</param>
/// <param name="known">The end at an earlier look; null when there was none.</param>
/// <param name="maxBlocks">How many appends a segment takes.</param>
internal sealed class LogLook(LogSegments segments, LogEnd? known, int maxBlocks)
{
    /// <summary>Goes through the log.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="lines">Receives the events.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The end; null when the log does not exist, or is not the one that <paramref name="start"/> lies in.</returns>
    public async Task<LogEnd?> RunAsync(LogPosition start, LogLines lines, CancellationToken cancellationToken)
    {
        LogEnd? end = null;
        for (LogPosition at = start; ; at = new(at.Segment + 1, 0, end.Position.Version, null))
        {
            LogEnd? seen = known?.Position == at ? known : null;
            SegmentBytes? bytes = await segments
                .ReadAsync(at.Segment, at.Offset, seen, cancellationToken)
                .ConfigureAwait(false);
            if (bytes is null || !at.IsIn(bytes.Created))
            {
                return at.Offset == 0 ? end : null;
            }

            if (end is { IsTorn: true })
            {
                throw new StudyLogException(
                    $"{segments.UrlOf(end.Position.Segment)}, byte {end.Position.Offset}",
                    "the line has no end, but a further blob follows."
                );
            }

            end = EndOf(at, bytes, seen, lines, cancellationToken);
            if (at.Segment == known?.Position.Segment && !end.IsFull(maxBlocks))
            {
                return end;
            }
        }
    }

    private LogEnd EndOf(
        LogPosition at,
        SegmentBytes bytes,
        LogEnd? seen,
        LogLines lines,
        CancellationToken cancellationToken
    )
    {
        if (bytes.Bytes.IsEmpty && seen is not null)
        {
            return seen with { ETag = bytes.ETag };
        }

        LogPosition begin = at with { Created = bytes.Created };
        LogPosition end = lines.Read(segments.UrlOf(at.Segment), bytes.Bytes.Span, begin, cancellationToken);
        bool isTorn = end.Offset < at.Offset + bytes.Bytes.Length;
        return new LogEnd(end, bytes.ETag, bytes.Blocks, bytes.IsAppendBlob, isTorn);
    }
}
