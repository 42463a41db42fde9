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

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly LogMarks _marks = new();
    private volatile LogEnd? _end;

    public async Task<StudyLog> ReadAsync(long from, CancellationToken cancellationToken)
    {
        for (int look = 1; ; look++)
        {
            try
            {
                return await LookAsync(from, cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException fault) when (fault.Status == 412 && look < Looks)
            {
                // The connection broke, and before it could be taken up again somebody appended.
            }
        }
    }

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
            for (int look = 1; ; look++)
            {
                LogEnd end = await EndAtAsync(expected, cancellationToken).ConfigureAwait(false);
                LogEnd? after = await TryAppendAsync(end, lines, events.Length, cancellationToken)
                    .ConfigureAwait(false);
                if (after is not null)
                {
                    _end = after;
                    _marks.Note(after.Position);
                    return after.Position.Version;
                }

                LogEnd now = await RefreshAsync(cancellationToken).ConfigureAwait(false);
                if (now.Position.Version != expected || look == Looks)
                {
                    throw new StudyVersionException(id, expected, now.Position.Version);
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>The end of the log, if that is where the caller believes it to be.</summary>
    private async Task<LogEnd> EndAtAsync(long expected, CancellationToken cancellationToken)
    {
        LogEnd? end = _end;
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
        catch (RequestFailedException fault) when (fault.Status is 404 or 409 or 412 && IsAboutState(fault))
        {
            bool isOurs =
                tries.HasLostAnswer
                && await segments.HoldsAsync(at.Position, lines, cancellationToken).ConfigureAwait(false);
            return isOurs ? Behind(at, default, lines, count) : null;
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

    private async Task<StudyLog> LookAsync(long from, CancellationToken cancellationToken)
    {
        LogEnd? known = _end;
        LogPosition start = known is not null && from >= known.Position.Version ? known.Position : _marks.Before(from);
        var lines = new LogLines(from, _marks);
        LogEnd? end = await ContinueAsync(start, known, lines, cancellationToken).ConfigureAwait(false);
        if (end is null && start != LogPosition.Start)
        {
            // What was known of it no longer holds: the study was removed, and perhaps begun anew.
            _marks.Clear();
            lines = new LogLines(from, _marks);
            end = await new LogLook(segments, null, maxBlocks)
                .RunAsync(LogPosition.Start, lines, cancellationToken)
                .ConfigureAwait(false);
        }

        _end = end;
        return new StudyLog(Math.Min(from, end?.Position.Version ?? 0), lines.Found);
    }

    private async Task<LogEnd?> ContinueAsync(
        LogPosition start,
        LogEnd? known,
        LogLines lines,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await new LogLook(segments, known, maxBlocks)
                .RunAsync(start, lines, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StudyLogException) when (start != LogPosition.Start)
        {
            // Another log lies there now, in which the position is in the middle of an event.
            return null;
        }
    }

    /// <summary>Looks for the end again.</summary>
    private async Task<LogEnd> RefreshAsync(CancellationToken cancellationToken)
    {
        long before = _end?.Position.Version ?? 0;
        await ReadAsync(long.MaxValue, cancellationToken).ConfigureAwait(false);
        return _end
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

    /// <summary>Whether a refusal may come from what somebody else, or a lost try, did to the log.</summary>
    private static bool IsAboutState(RequestFailedException fault) =>
        fault.ErrorCode is not ("ContainerNotFound" or "ContainerBeingDeleted" or "AccountIsDisabled");

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
