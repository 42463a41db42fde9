using System.Collections.Immutable;
using Azure;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Blobs.Logs;

/// <summary>
/// The log of one study in append blobs. An append names the position at which it must land, so that of several writers one
/// wins; it lands whole or not at all.
/// </summary>
internal sealed class BlobLog(StudyId id, LogSegments segments, int maxBlocks) : IDisposable
{
    private const int Looks = 8;

    // What was sent is awaited this long after the caller gave up: most often its answer is on the way.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    // What the service says when the log is no longer as it was known, by what somebody else did to it, or a try of ours.
    private static readonly string[] s_moved =
    [
        "AppendPositionConditionNotMet",
        "ConditionNotMet",
        "BlobNotFound",
        "BlockCountExceedsLimit",
        "InvalidBlobType",
    ];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly LogView _view = new(segments, maxBlocks);

    // What the last append sent and where to, when no answer came to some try of it. The next append may be the caller's next try.
    private (LogEnd At, byte[] Lines)? _unanswered;

    public Task<StudyLog> ReadAsync(long from, CancellationToken cancellationToken) =>
        _view.ReadAsync(from, cancellationToken);

    public async Task<long> AppendAsync(
        long expected,
        ImmutableArray<StudyEvent> events,
        CancellationToken cancellationToken
    )
    {
        byte[] lines = Lines(events);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            LogEnd after =
                await DoneBeforeAsync(expected, lines, events.Length, cancellationToken).ConfigureAwait(false)
                ?? await AppendAtAsync(expected, lines, events.Length, cancellationToken).ConfigureAwait(false);
            _view.Know(after);
            return after.Position.Version;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>The end behind these lines, when the last append sent them and they arrived, though no answer came.</summary>
    private async Task<LogEnd?> DoneBeforeAsync(
        long expected,
        byte[] lines,
        int count,
        CancellationToken cancellationToken
    ) =>
        _unanswered is { } sent
        && sent.At.Position.Version == expected
        && sent.Lines.AsSpan().SequenceEqual(lines)
        && await segments.HoldsAsync(sent.At.Position, lines, cancellationToken).ConfigureAwait(false)
            ? Behind(sent.At, default, lines, count)
            : null;

    private async Task<LogEnd> AppendAtAsync(
        long expected,
        byte[] lines,
        int count,
        CancellationToken cancellationToken
    )
    {
        for (int look = 1; ; look++)
        {
            LogEnd end = await EndAtAsync(expected, cancellationToken).ConfigureAwait(false);
            if (await TryAppendAsync(end, lines, count, cancellationToken).ConfigureAwait(false) is { } after)
            {
                return after;
            }

            LogEnd now = await RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (now.Position.Version != expected || look == Looks)
            {
                throw new StudyVersionException(id, expected, now.Position.Version);
            }
        }
    }

    /// <summary>The end of the log, if that is where the caller believes it to be.</summary>
    private async Task<LogEnd> EndAtAsync(long expected, CancellationToken cancellationToken)
    {
        LogEnd? end = _view.End;
        if (end?.Position.Version != expected)
        {
            end = await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return end.Position.Version == expected
            ? end
            : throw new StudyVersionException(id, expected, end.Position.Version);
    }

    /// <summary>Appends at an end, in a further segment if the last one takes no more.</summary>
    /// <returns>The new end; null when the log does not end there any more.</returns>
    private async Task<LogEnd?> TryAppendAsync(LogEnd end, byte[] lines, int count, CancellationToken cancellationToken)
    {
        using TryWatch.Scope tries = TryWatch.Begin();
        LogEnd at = end;
        try
        {
            if (end.IsTorn)
            {
                await segments.CutAsync(end, cancellationToken).ConfigureAwait(false);
            }

            if (end.IsTorn || end.IsFull(maxBlocks))
            {
                at = Next(end);
                await segments.CreateAsync(at.Position.Segment, cancellationToken).ConfigureAwait(false);
            }

            ETag etag = await SendAsync(at.Position, lines, cancellationToken).ConfigureAwait(false);
            return Behind(at, etag, lines, count);
        }
        catch (RequestFailedException fault) when (s_moved.Contains(fault.ErrorCode, StringComparer.Ordinal))
        {
            bool isOurs =
                tries.HasLostAnswer
                && await segments.HoldsAsync(at.Position, lines, cancellationToken).ConfigureAwait(false);
            return isOurs ? Behind(at, default, lines, count) : null;
        }
        finally
        {
            _unanswered = tries.HasLostAnswer ? (at, lines) : null;
        }
    }

    private async Task<ETag> SendAsync(LogPosition at, byte[] lines, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource();
        CancellationTokenRegistration givenUp = cancellationToken.Register(() => patience.CancelAfter(s_patience));
        await using (givenUp.ConfigureAwait(false))
        {
            return await segments.AppendAsync(at, lines, patience.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Looks for the end again.</summary>
    private async Task<LogEnd> RefreshAsync(CancellationToken cancellationToken)
    {
        long before = _view.End?.Position.Version ?? 0;
        LogEnd? end = await _view.LookAsync(cancellationToken).ConfigureAwait(false);
        return end
            ?? (
                before == 0
                    ? new LogEnd(LogPosition.Start with { Segment = 0 }, default, 0, IsAppendBlob: false, IsTorn: false)
                    : throw new FunctionTuneException(
                        $"Study '{id}' could not be written ({segments.UrlOf(1)}): its log no longer exists.",
                        "Restore it, or run the study under a new id."
                    )
            );
    }

    private static LogEnd Next(LogEnd end) =>
        new(
            new LogPosition(end.Position.Segment + 1, 0, end.Position.Version, null),
            default,
            0,
            IsAppendBlob: true,
            IsTorn: false
        );

    private static LogEnd Behind(LogEnd end, ETag etag, byte[] lines, int count) =>
        end with
        {
            Position = end.Position with
            {
                Offset = end.Position.Offset + lines.Length,
                Version = end.Position.Version + count,
            },
            ETag = etag,
            Blocks = end.Blocks + 1,
        };

    private static byte[] Lines(ImmutableArray<StudyEvent> events)
    {
        using var lines = new MemoryStream();
        foreach (StudyEvent fact in events)
        {
            lines.Write(StudyJson.Write(fact));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }
}
