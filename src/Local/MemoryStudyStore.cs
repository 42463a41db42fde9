using System.Collections.Concurrent;
using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Keeps the logs of studies in this process only. Thread-safe.</summary>
public sealed class MemoryStudyStore : IStudyStore
{
    private readonly ConcurrentDictionary<StudyId, List<StudyEvent>> _logs = new();

    /// <inheritdoc/>
    public Task<StudyLog> ReadAsync(StudyId id, long from, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_logs.TryGetValue(id, out List<StudyEvent>? log))
        {
            return Task.FromResult(new StudyLog(0, []));
        }

        lock (log)
        {
            int start = (int)Math.Min(from, log.Count);
            return Task.FromResult(new StudyLog(start, [.. log[start..]]));
        }
    }

    /// <inheritdoc/>
    public Task<long> AppendAsync(
        StudyId id,
        long expectedVersion,
        ImmutableArray<StudyEvent> events,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (events.IsDefaultOrEmpty)
        {
            throw new ArgumentException("At least one event is appended, but got none.", nameof(events));
        }

        List<StudyEvent> log = expectedVersion == 0 ? _logs.GetOrAdd(id, _ => []) : Existing(id, expectedVersion);
        lock (log)
        {
            if (log.Count != expectedVersion)
            {
                throw new StudyVersionException(id, expectedVersion, log.Count);
            }

            log.AddRange(events);
            return Task.FromResult((long)log.Count);
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<StudyId>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<ImmutableArray<StudyId>>([
            .. _logs.Keys.OrderBy(id => id.ToString(), StringComparer.Ordinal),
        ]);
    }

    private List<StudyEvent> Existing(StudyId id, long expectedVersion) =>
        _logs.TryGetValue(id, out List<StudyEvent>? log)
            ? log
            : throw new StudyVersionException(id, expectedVersion, 0);
}
