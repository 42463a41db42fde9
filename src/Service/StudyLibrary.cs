using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Service;

/// <summary>
/// The studies as their logs tell them, for whoever only looks. Records are kept, a bounded number of them, so that each look
/// reads the tail of a log alone; of studies that are over a few lines are kept for lists.
/// </summary>
/// <param name="store">The logs.</param>
/// <param name="time">The clock.</param>
internal sealed class StudyLibrary(IStudyStore store, TimeProvider time)
{
    private const int MostRecords = 64;
    private const int MostBriefs = 10_000;

    private readonly ConcurrentDictionary<StudyId, KnownStudy> _known = new();
    private readonly ConcurrentDictionary<StudyId, (long Version, JsonObject Brief)> _over = new();
    private long _clock;

    /// <summary>Looks at a study as it is now; one look at it at a time.</summary>
    /// <param name="id">The study.</param>
    /// <param name="look">What is looked at; nothing of the record may be kept.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was seen; null when the study has no log.</returns>
    public async Task<T?> LookAsync<T>(StudyId id, Func<StudyRecord, T> look, CancellationToken cancellationToken)
        where T : class
    {
        KnownStudy known = _known.GetOrAdd(id, _ => new KnownStudy(new SemaphoreSlim(1)));
        known.UsedAt = Interlocked.Increment(ref _clock);
        await known.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await ReadTailAsync(id, known, cancellationToken).ConfigureAwait(false);
            return known.Record is { } record ? look(record) : null;
        }
        finally
        {
            known.Gate.Release();
            if (known.Record is null)
            {
                _known.TryRemove(id, out _);
            }

            Forget();
        }
    }

    /// <summary>A study as an entry of a list; null when it has no log.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<JsonObject?> BriefAsync(StudyId id, CancellationToken cancellationToken)
    {
        if (_over.TryGetValue(id, out (long Version, JsonObject Brief) kept))
        {
            StudyLog tail = await store.ReadAsync(id, kept.Version, cancellationToken).ConfigureAwait(false);
            if (tail.Version == kept.Version)
            {
                return kept.Brief.DeepClone().AsObject();
            }
        }

        return await LookAsync(id, Brief, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A study as it is shown by the service: whoever hosts it sees to it that somebody works on it.</summary>
    /// <param name="record">The study.</param>
    public StudyView View(StudyRecord record) => new(record, Folder: null, IsHeld: true, time.GetUtcNow());

    private JsonObject Brief(StudyRecord record)
    {
        JsonObject brief = StudyDocument.Brief(View(record));
        if (record.State.IsOver)
        {
            if (_over.Count >= MostBriefs)
            {
                _over.Clear();
            }

            _over[record.Id] = (record.Version, brief.DeepClone().AsObject());
        }

        return brief;
    }

    private async Task ReadTailAsync(StudyId id, KnownStudy known, CancellationToken cancellationToken)
    {
        long from = known.Record?.Version ?? 0;
        StudyLog log = await store.ReadAsync(id, from, cancellationToken).ConfigureAwait(false);
        if (log.From < from)
        {
            // Somebody took the log away, or put another in its place: what was known of it is nothing.
            known.Record = null;
            log = await store.ReadAsync(id, 0, cancellationToken).ConfigureAwait(false);
        }

        if (log.Events.IsEmpty)
        {
            return;
        }

        StudyRecord? record = known.Record;
        // A record that could not be brought up to date is read anew the next time.
        known.Record = null;
        if (record is null && log.Events[0] is not StudyEvent.Created)
        {
            throw new StudyLogException($"study '{id}', line 1", "a log begins with the event that created the study.");
        }

        record ??= new StudyRecord();
        foreach (StudyEvent fact in log.Events)
        {
            record.Apply(fact);
        }

        known.Record = record;
    }

    private void Forget()
    {
        while (_known.Count > MostRecords)
        {
            _known.TryRemove(_known.MinBy(entry => entry.Value.UsedAt).Key, out _);
        }
    }

    private sealed class KnownStudy(SemaphoreSlim gate)
    {
        public SemaphoreSlim Gate { get; } = gate;

        public StudyRecord? Record { get; set; }

        public long UsedAt { get; set; }
    }
}
