using Azure;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Blobs.Logs;

/// <summary>A log as this process has seen it: looks at it begin where earlier ones ended. Several may look at once.</summary>
/// <param name="segments">The log.</param>
/// <param name="maxBlocks">How many appends a segment takes.</param>
internal sealed class LogView(LogSegments segments, int maxBlocks)
{
    private const int Looks = 8;

    private readonly LogMarks _marks = new();
    private volatile LogEnd? _end;

    /// <summary>The end as it was last seen; null when there was no log.</summary>
    public LogEnd? End => _end;

    /// <summary>The events from a version on.</summary>
    public async Task<StudyLog> ReadAsync(long from, CancellationToken cancellationToken)
    {
        var lines = new LogLines(from, _marks);
        LogEnd? end = await LookAsync(from, lines, cancellationToken).ConfigureAwait(false);
        return new StudyLog(Math.Min(from, end?.Position.Version ?? 0), lines.Found);
    }

    /// <summary>Looks for the end again.</summary>
    public Task<LogEnd?> LookAsync(CancellationToken cancellationToken) =>
        LookAsync(long.MaxValue, new LogLines(long.MaxValue, _marks), cancellationToken);

    /// <summary>Reads what is new, and finds the end.</summary>
    private async Task<LogEnd?> LookAsync(long from, LogLines lines, CancellationToken cancellationToken)
    {
        for (int look = 1; ; look++)
        {
            lines.Clear();
            LogEnd? known = _end;
            LogPosition start =
                known is not null && from >= known.Position.Version ? known.Position : _marks.Before(from);
            try
            {
                LogEnd? end = await new LogLook(segments, known, maxBlocks)
                    .RunAsync(start, lines, cancellationToken)
                    .ConfigureAwait(false);
                if (end is not null || start == LogPosition.Start)
                {
                    Know(end);
                    return end;
                }
            }
            catch (RequestFailedException fault) when (fault.Status == 412 && look < Looks)
            {
                // The connection broke, and before it could be taken up again somebody appended.
                continue;
            }
            catch (StudyLogException) when (start != LogPosition.Start)
            {
                // Another log lies there now, in which the position is in the middle of an event.
            }

            // What was known of the log no longer holds: the study was removed, and perhaps begun anew.
            _marks.Clear();
            Know(null);
        }
    }

    /// <summary>Remembers the end, unless one further on is known: several may look at once.</summary>
    public void Know(LogEnd? end)
    {
        lock (_marks)
        {
            if (end is null || _end is null || end.Position.Version >= _end.Position.Version)
            {
                _end = end;
            }
        }

        if (end is not null)
        {
            _marks.Note(end.Position);
        }
    }
}
