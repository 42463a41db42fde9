using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Starts that wait for their time. Used by the loop alone, so a start never races the end of its study.</summary>
internal sealed class LaterStarts(TimeProvider time)
{
    private static readonly Task s_never = new TaskCompletionSource().Task;

    private readonly List<StudyCommand.Start> _starts = [];
    private DateTimeOffset _earliest;
    private Task _due = s_never;

    /// <summary>Takes in a start; one that was called for, given up and called for again waits here once.</summary>
    public void Add(StudyCommand.Start start)
    {
        if (!_starts.Contains(start))
        {
            _starts.Add(start);
        }
    }

    /// <summary>The starts whose time has come, in the order in which they were asked for.</summary>
    public IReadOnlyList<StudyCommand.Start> TakeDue()
    {
        DateTimeOffset now = time.GetUtcNow();
        List<StudyCommand.Start> due = [.. _starts.Where(start => IsDue(start, now))];
        _starts.RemoveAll(start => IsDue(start, now));
        return due;
    }

    /// <summary>Completes when the next start is due; never when there is none.</summary>
    public Task DueAsync(CancellationToken cancellationToken)
    {
        if (_starts.Count == 0)
        {
            return s_never;
        }

        DateTimeOffset earliest = _starts.Min(start => start.NotBefore ?? DateTimeOffset.MinValue);
        if (_due.IsCompleted || earliest != _earliest || ReferenceEquals(_due, s_never))
        {
            TimeSpan wait = earliest - time.GetUtcNow();
            _earliest = earliest;
            _due = wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
        }

        return _due;
    }

    private static bool IsDue(StudyCommand.Start start, DateTimeOffset now) => !(start.NotBefore > now);
}
