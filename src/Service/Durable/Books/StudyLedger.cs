using System.Collections.Immutable;
using FunctionTune.Service.Telemetry;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Books;

/// <summary>
/// The log of a study as this process knows it. The gate is held while the record is read or the store is spoken to, never while
/// anybody waits for a trial or a service.
/// </summary>
internal sealed class StudyLedger(StudyId id, IStudyStore store) : IDisposable
{
    // Each conflict is another's success: many in a row say that something is wrong.
    private const int MostTries = 50;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly StudyRecord _record = new();
    private readonly FactTail _tail = new();

    /// <summary>Whether the study was over when the log was read last.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Reads what others have written.</summary>
    /// <exception cref="FunctionTuneException">The store cannot be reached, or the log is damaged.</exception>
    public Task CatchUpAsync(CancellationToken cancellationToken) =>
        WithGateAsync(() => ReadTailAsync(cancellationToken), cancellationToken);

    /// <summary>What somebody reads off the record, as of the last reading of the log.</summary>
    /// <param name="look">Reads; keeps nothing of the record.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<T> LookAsync<T>(Func<StudyRecord, T> look, CancellationToken cancellationToken)
    {
        T seen = default!;
        await WithGateAsync(
                () =>
                {
                    seen = look(_record);
                    return Task.CompletedTask;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return seen;
    }

    /// <summary>
    /// Writes down what a record calls for. When somebody else has written meanwhile, the log is read on and asked again:
    /// whatever lands in the log was right as of the event before it.
    /// </summary>
    /// <param name="facts">What to write as of a record; what changes nothing is left out.</param>
    /// <param name="cancellationToken">Ends the attempt before anything is written.</param>
    /// <returns>What was written.</returns>
    public async Task<ImmutableArray<StudyEvent>> AppendAsync(
        Func<StudyRecord, IEnumerable<StudyEvent>> facts,
        CancellationToken cancellationToken
    )
    {
        ImmutableArray<StudyEvent> written = [];
        await WithGateAsync(
                async () => written = await WriteAsync(facts, cancellationToken).ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);
        return written;
    }

    /// <summary>What the log holds beyond a version, as far as it was read.</summary>
    /// <param name="seen">The version.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<LogSlice> SliceAsync(long seen, CancellationToken cancellationToken)
    {
        (long version, ImmutableArray<StateFact>? known) = await LookAsync(
                record => (record.Version, _tail.Since(seen)),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (known is { } facts)
        {
            return LogSlice.Of(seen, version, facts);
        }

        StudyLog log = await store.ReadAsync(id, seen, cancellationToken).ConfigureAwait(false);
        IEnumerable<StateFact> slim = log.Events.SelectMany(
            (fact, i) =>
                SlimForm.Of(fact) is { } known ? [new StateFact(log.From + i, known)] : Array.Empty<StateFact>()
        );
        return LogSlice.Of(seen, log.Version, [.. slim]);
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ImmutableArray<StudyEvent>> WriteAsync(
        Func<StudyRecord, IEnumerable<StudyEvent>> facts,
        CancellationToken cancellationToken
    )
    {
        for (int tries = 1; ; tries++)
        {
            ImmutableArray<StudyEvent> news = Novelty.In(_record, facts(_record));
            if (news.IsEmpty)
            {
                return news;
            }

            try
            {
                await store.AppendAsync(id, _record.Version, news, cancellationToken).ConfigureAwait(false);
                Take(news);
                StudyTelemetry.Wrote(_record, news);
                return news;
            }
            catch (StudyVersionException) when (tries < MostTries)
            {
                await ReadTailAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ReadTailAsync(CancellationToken cancellationToken)
    {
        StudyLog log = await store.ReadAsync(id, _record.Version, cancellationToken).ConfigureAwait(false);
        if (log.From == 0 && log.Events is [not StudyEvent.Created, ..])
        {
            throw new StudyLogException($"study '{id}'", "a log begins with the event that created the study.");
        }

        Take(log.Events);
    }

    private void Take(ImmutableArray<StudyEvent> events)
    {
        foreach (StudyEvent fact in events)
        {
            _tail.Add(_record.Version, fact);
            _record.Apply(fact);
        }

        IsOver = _record.State.IsOver;
    }

    private async Task WithGateAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }
}
