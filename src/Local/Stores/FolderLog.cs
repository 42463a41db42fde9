using System.Collections.Immutable;
using FunctionTune.Studies;
using Microsoft.Win32.SafeHandles;

namespace FunctionTune.Local.Stores;

/// <summary>
/// The log of one study in a folder: numbered segments of lines. An event counts when its line break is written; what a
/// torn append left behind it is nothing, and the next append cuts it off.
/// </summary>
internal sealed class FolderLog(StudyId id, StudyFolder folder) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile LogEnd? _known;

    public async Task<StudyLog> ReadAsync(long from, CancellationToken cancellationToken)
    {
        try
        {
            return Read(from, cancellationToken);
        }
        catch (StudyLogException) when (Directory.Exists(folder.Log))
        {
            // A torn tail that is replaced while it is read looks broken. Under the lock it does not.
            FileStream held = await ExclusiveFile.OpenAsync(folder.LogLock, cancellationToken).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                return Read(from, cancellationToken);
            }
        }
    }

    public void Dispose() => _gate.Dispose();

    private StudyLog Read(long from, CancellationToken cancellationToken)
    {
        string[] segments = LogFiles.In(folder.Log);
        if (segments.Length == 0)
        {
            _known = null;
            return new StudyLog(0, []);
        }

        using SafeFileHandle last = LogFiles.Open(segments[^1], FileMode.Open, FileAccess.Read);
        LogEnd? known = Known(segments[^1], last);
        LogEnd end = LogFiles.Measure(segments, last, known);
        var events = new LogEvents(from, cancellationToken);
        if (known is not null && from >= known.Version)
        {
            events.Read(segments[^1], last, known.Length, end.Length, known.Version);
        }
        else
        {
            long version = 0;
            foreach (string segment in segments[..^1])
            {
                using SafeFileHandle file = LogFiles.Open(segment, FileMode.Open, FileAccess.Read);
                version = events.Read(segment, file, 0, RandomAccess.GetLength(file), version);
            }

            events.Read(segments[^1], last, 0, end.Length, version);
        }

        if (RandomAccess.GetLength(last) == end.Length)
        {
            // Nothing torn, so nothing can be cut off behind our back: the next look begins here.
            _known = end;
        }

        return new StudyLog(Math.Min(from, end.Version), events.Found);
    }

    public async Task<long> AppendAsync(
        long expected,
        ImmutableArray<StudyEvent> events,
        CancellationToken cancellationToken
    )
    {
        byte[] lines = Lines(events);
        bool toDisk = events.Any(e => e is StudyEvent.Ended);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            RefuseIfMissing(expected);
            Directory.CreateDirectory(folder.Log);
            FileStream held = await ExclusiveFile.OpenAsync(folder.LogLock, cancellationToken).ConfigureAwait(false);
            await using (held.ConfigureAwait(false))
            {
                return Append(expected, lines, events.Length, toDisk);
            }
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of($"Study '{id}' could not be written", folder.Log, fault);
        }
        finally
        {
            _gate.Release();
        }
    }

    private long Append(long expected, byte[] lines, int count, bool toDisk)
    {
        string[] segments = LogFiles.In(folder.Log);
        string segment = segments.Length > 0 ? segments[^1] : folder.Segment(1);
        using SafeFileHandle file = LogFiles.Open(segment, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        LogEnd end = LogFiles.Measure(segments.Length > 0 ? segments : [segment], file, Known(segment, file));
        if (end.Version != expected)
        {
            throw new StudyVersionException(id, expected, end.Version);
        }

        if (RandomAccess.GetLength(file) > end.Length)
        {
            RandomAccess.SetLength(file, end.Length);
        }

        try
        {
            RandomAccess.Write(file, lines, end.Length);
            if (toDisk)
            {
                RandomAccess.FlushToDisk(file);
            }
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, end.Length);
            throw;
        }

        _known = LogEnd.Of(segment, file, end.Length + lines.Length, end.Version + count);
        return _known.Version;
    }

    private void RefuseIfMissing(long expected)
    {
        if (Directory.Exists(folder.Log))
        {
            return;
        }

        long before = _known?.Version ?? 0;
        _known = null;
        if (expected > 0)
        {
            throw before > 0
                ? FileFault.Of(
                    $"Study '{id}' could not be written",
                    folder.Log,
                    new DirectoryNotFoundException("The folder of its log no longer exists.")
                )
                : new StudyVersionException(id, expected, 0);
        }
    }

    private LogEnd? Known(string segment, SafeFileHandle file) =>
        _known is { } known && known.Matches(segment, file) ? known : null;

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
