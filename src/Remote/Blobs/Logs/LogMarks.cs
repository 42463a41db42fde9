namespace FunctionTune.Remote.Blobs.Logs;

/// <summary>Some positions of a log, some hundreds of events apart, so that a reader need not begin at the beginning.</summary>
internal sealed class LogMarks
{
    private const int Distance = 256;

    private readonly Lock _lock = new();
    private readonly List<LogPosition> _marks = [LogPosition.Start];

    /// <summary>Remembers a position, unless one near it is known.</summary>
    public void Note(LogPosition position)
    {
        lock (_lock)
        {
            if (position.Version >= _marks[^1].Version + Distance)
            {
                _marks.Add(position);
            }
        }
    }

    /// <summary>The last known position that no more than <paramref name="version"/> events precede.</summary>
    public LogPosition Before(long version)
    {
        lock (_lock)
        {
            return _marks.FindLast(mark => mark.Version <= version)!;
        }
    }

    /// <summary>Forgets all but the beginning.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _marks.RemoveRange(1, _marks.Count - 1);
        }
    }
}
