using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Local.Stores;
using FunctionTune.Remote.Blobs;
using FunctionTune.Service.Durable;
using FunctionTune.Service.Durable.Books;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Azurite;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>The log of a study in the hands of several processes at once.</summary>
public sealed class StudyLedgerTests : IClassFixture<AzuriteServer>, IDisposable
{
    private const int Trials = 40;

    private readonly TemporaryFolder _folder = new();
    private readonly AzuriteServer _azurite;
    private readonly FolderStudyStore _store;

    public StudyLedgerTests(AzuriteServer azurite) =>
        (_azurite, _store) = (azurite, new FolderStudyStore(_folder.Path));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public Task Of_processes_that_learn_the_same_at_the_same_time_one_writes_it_down() => RaceAsync(() => _store);

    [Fact]
    public async Task Of_processes_that_learn_the_same_at_the_same_time_one_writes_it_into_a_blob()
    {
        Uri container = await _azurite.NewContainerAsync(Cancel);
        BlobPlace place = BlobPlace.Parse($"{container}/store", "$.staging");
        var stores = new List<BlobStudyStore>();
        await RaceAsync(() =>
        {
            // Processes share no memory, so each has a store of its own.
            stores.Add(new BlobStudyStore(BlobFolder.Open(place)));
            return stores[^1];
        });
        stores.ForEach(store => store.Dispose());
    }

    [Fact]
    public async Task What_a_record_calls_for_is_asked_again_when_somebody_else_has_written()
    {
        await CreateAsync(_store);
        using var slow = new StudyLedger(StudySpecs.Id, _store);
        using var quick = new StudyLedger(StudySpecs.Id, _store);
        await slow.CatchUpAsync(Cancel);
        await quick.CatchUpAsync(Cancel);

        await quick.AppendAsync(_ => [new StudyEvent.CancelRequested(StudySpecs.Start)], Cancel);
        ImmutableArray<StudyEvent> written = await slow.AppendAsync(
            record => record.State.Status == StudyStatus.Running ? [Started(0)] : [],
            Cancel
        );

        Assert.Empty(written);
        Assert.Equal(3, (await _store.ReadAsync(StudySpecs.Id, 0, Cancel)).Version);
    }

    [Fact]
    public async Task A_value_that_a_trial_reported_is_written_down_once()
    {
        await CreateAsync(_store);
        using var ledger = new StudyLedger(StudySpecs.Id, _store);
        await ledger.CatchUpAsync(Cancel);
        var values = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("loss", 1);
        StudyEvent[] facts = [Started(0), new StudyEvent.Reported(StudySpecs.Start, 0, 1, 3, values)];

        Assert.Equal(2, (await ledger.AppendAsync(_ => facts, Cancel)).Length);
        Assert.Empty(await ledger.AppendAsync(_ => facts, Cancel));
        Assert.Single(await ledger.AppendAsync(_ => [((StudyEvent.Reported)facts[1]) with { Step = 4 }], Cancel));
    }

    [Fact]
    public async Task A_slice_reaches_as_far_back_as_it_must_and_no_further_than_it_can_carry()
    {
        await CreateAsync(_store);
        using var ledger = new StudyLedger(StudySpecs.Id, _store);
        await ledger.CatchUpAsync(Cancel);
        await ledger.AppendAsync(_ => Enumerable.Range(0, Trials).Select(Started), Cancel);
        foreach (int[] seconds in Enumerable.Range(0, 10_000).Chunk(100))
        {
            await ledger.AppendAsync(
                _ => seconds.Select(s => new StudyEvent.Paused(StudySpecs.Start.AddSeconds(s))),
                Cancel
            );
        }

        var state = StudyState.Empty;
        long seen = 0;
        bool more = true;
        while (more)
        {
            LogSlice slice = await ledger.SliceAsync(seen, Cancel);
            Assert.Equal(seen, slice.From);
            Assert.InRange(slice.Facts.Length, 1, LogSlice.MostFacts);
            state = slice.Facts.Select(f => f.Fact).Aggregate(state, StudyReducer.Reduce);
            (seen, more) = (slice.To, slice.More);
        }

        StudyLog log = await _store.ReadAsync(StudySpecs.Id, 0, Cancel);
        Assert.Equal(log.Version, seen);
        Assert.Equal(StudyLaws.Canonical(SlimForm.Of(StudyRecord.From(log.Events).State)), StudyLaws.Canonical(state));
    }

    private static async Task RaceAsync(Func<IStudyStore> open)
    {
        IStudyStore store = open();
        await CreateAsync(store);
        StudyLedger[] ledgers = [.. Enumerable.Range(0, 4).Select(_ => new StudyLedger(StudySpecs.Id, open()))];

        await Task.WhenAll(ledgers.Select(ledger => Task.Run(() => RunTrialsAsync(ledger), Cancel)));

        StudyLog log = await store.ReadAsync(StudySpecs.Id, 0, Cancel);
        Assert.Equal(2 + (2 * Trials), log.Version);
        Assert.Equal(new TrialCounts(Succeeded: Trials), StudyRecord.From(log.Events).State.Counts);
        foreach (StudyLedger ledger in ledgers)
        {
            await ledger.CatchUpAsync(Cancel);
            LogSlice slice = await ledger.SliceAsync(log.Version - 3, Cancel);
            Assert.Equal([log.Version - 3, log.Version - 2, log.Version - 1], slice.Facts.Select(f => f.Position));
            ledger.Dispose();
        }
    }

    private static StudyEvent Started(int trial) =>
        new StudyEvent.Started(StudySpecs.Start, trial, 1, StudyScript.Handle(trial, 1));

    private static async Task RunTrialsAsync(StudyLedger ledger)
    {
        await ledger.CatchUpAsync(Cancel);
        for (int trial = 0; trial < Trials; trial++)
        {
            int number = trial;
            var end = new StudyEvent.Finished(StudySpecs.Start, number, 1, new TrialOutcome.Succeeded(number));
            await ledger.AppendAsync(_ => [Started(number), end], Cancel);
        }
    }

    private static Task<long> CreateAsync(IStudyStore store)
    {
        StudyScript script = new StudyScript(new StudyLimits { MaxEvals = Trials, Parallelism = Trials }).Suggest(
            Trials
        );
        return store.AppendAsync(StudySpecs.Id, 0, [.. script.Events], Cancel);
    }
}
