using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Blobs.Logs;

/// <summary>Gathers the events of a log from the bytes of its segments.</summary>
/// <param name="from">How many events to leave out.</param>
/// <param name="marks">Where positions on the way are noted.</param>
internal sealed class LogLines(long from, LogMarks marks)
{
    private readonly ImmutableArray<StudyEvent>.Builder _found = ImmutableArray.CreateBuilder<StudyEvent>();

    public ImmutableArray<StudyEvent> Found => _found.ToImmutable();

    /// <summary>Forgets what was gathered.</summary>
    public void Clear() => _found.Clear();

    /// <summary>Reads whole lines.</summary>
    /// <param name="segment">What the segment is called in a message.</param>
    /// <param name="bytes">The bytes behind <paramref name="start"/>.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Behind the last whole line.</returns>
    public LogPosition Read(
        string segment,
        ReadOnlySpan<byte> bytes,
        LogPosition start,
        CancellationToken cancellationToken
    )
    {
        LogPosition at = start;
        int length;
        while ((length = bytes.IndexOf((byte)'\n')) >= 0)
        {
            if (at.Version >= from)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _found.Add(Event(segment, at.Offset, bytes[..length]));
            }

            at = at with { Offset = at.Offset + length + 1, Version = at.Version + 1 };
            bytes = bytes[(length + 1)..];
            marks.Note(at);
        }

        return at;
    }

    private static StudyEvent Event(string segment, long offset, ReadOnlySpan<byte> line)
    {
        try
        {
            return StudyJson.Read(line);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or FunctionTuneException)
        {
            throw new StudyLogException($"{segment}, byte {offset}", $"this is no event: {fault.Message}", fault);
        }
    }
}
