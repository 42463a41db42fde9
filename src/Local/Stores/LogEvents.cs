using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Studies;
using Microsoft.Win32.SafeHandles;

namespace FunctionTune.Local.Stores;

/// <summary>Gathers the events of a log from its segments.</summary>
/// <param name="from">How many events to leave out.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class LogEvents(long from, CancellationToken cancellationToken)
{
    private readonly ImmutableArray<StudyEvent>.Builder _found = ImmutableArray.CreateBuilder<StudyEvent>();

    public ImmutableArray<StudyEvent> Found => _found.ToImmutable();

    /// <summary>Reads a stretch of a segment.</summary>
    /// <param name="segment">The segment's path.</param>
    /// <param name="file">The segment, open.</param>
    /// <param name="start">Where to begin, in bytes.</param>
    /// <param name="end">Where to stop, in bytes.</param>
    /// <param name="version">How many events precede <paramref name="start"/>.</param>
    /// <returns>How many events precede <paramref name="end"/>.</returns>
    public long Read(string segment, SafeFileHandle file, long start, long end, long version)
    {
        var lines = new LineReader(file, start, end);
        long before = version;
        while (lines.TryNext(out ReadOnlySpan<byte> line))
        {
            if (version >= from)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _found.Add(Event(segment, start, version - before, line));
            }

            version++;
        }

        return version;
    }

    private static StudyEvent Event(string segment, long start, long index, ReadOnlySpan<byte> line)
    {
        try
        {
            return StudyJson.Read(line);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or FunctionTuneException)
        {
            string place = start == 0 ? $"line {index + 1}" : $"line {index + 1} after byte {start}";
            throw new StudyLogException($"{segment}, {place}", $"this is no event: {fault.Message}", fault);
        }
    }
}
