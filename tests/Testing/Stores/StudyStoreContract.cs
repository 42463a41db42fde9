using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Stores;

/// <summary>What holds of every <see cref="IStudyStore"/>. Inherit it and say how to open a store.</summary>
public abstract class StudyStoreContract
{
    private static readonly StudyId A = new("a");
    private static readonly StudyId B = new("b-2");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens the same store at each call, each time as another process would.</summary>
    protected abstract IStudyStore Open();

    [Fact]
    public async Task A_study_that_does_not_exist_reads_as_an_empty_log()
    {
        StudyLog log = await Open().ReadAsync(A, 0, Cancel);

        Assert.Empty(log.Events);
        Assert.Equal(0, log.Version);
    }

    [Fact]
    public async Task What_was_appended_is_read_in_order()
    {
        IStudyStore store = Open();

        Assert.Equal(3, await store.AppendAsync(A, 0, SampleEvents.Several(0, 3), Cancel));
        Assert.Equal(5, await store.AppendAsync(A, 3, SampleEvents.Several(3, 2), Cancel));

        StudyLog log = await Open().ReadAsync(A, 0, Cancel);
        Assert.Equal(SampleEvents.Texts(SampleEvents.Several(0, 5)), SampleEvents.Texts(log.Events));
        Assert.Equal((0, 5), (log.From, log.Version));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Reading_leaves_out_what_was_read_before(int from)
    {
        IStudyStore store = Open();
        await store.AppendAsync(A, 0, SampleEvents.Several(0, 6), Cancel);

        foreach (IStudyStore reader in new[] { store, Open() })
        {
            StudyLog log = await reader.ReadAsync(A, from, Cancel);
            Assert.Equal(SampleEvents.Texts(SampleEvents.Several(from, 6 - from)), SampleEvents.Texts(log.Events));
            Assert.Equal((from, 6), (log.From, log.Version));
        }
    }

    [Fact]
    public async Task A_reader_that_follows_a_log_sees_what_others_append()
    {
        IStudyStore writer = Open();
        IStudyStore reader = Open();
        for (int version = 0; version < 20; version += 2)
        {
            await writer.AppendAsync(A, version, SampleEvents.Several(version, 2), Cancel);
            StudyLog log = await reader.ReadAsync(A, version, Cancel);
            Assert.Equal(SampleEvents.Texts(SampleEvents.Several(version, 2)), SampleEvents.Texts(log.Events));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Another_expected_version_is_refused_and_nothing_is_written(long expected)
    {
        await Open().AppendAsync(A, 0, SampleEvents.Several(0, 3), Cancel);

        StudyVersionException refusal = await Assert.ThrowsAsync<StudyVersionException>(() =>
            Open().AppendAsync(A, expected, SampleEvents.Several(9, 1), Cancel)
        );

        Assert.Equal((A, expected, 3), (refusal.Id, refusal.Expected, refusal.Actual));
        Assert.Equal(3, (await Open().ReadAsync(A, 0, Cancel)).Version);
    }

    [Fact]
    public async Task A_study_that_does_not_exist_has_version_0()
    {
        StudyVersionException refusal = await Assert.ThrowsAsync<StudyVersionException>(() =>
            Open().AppendAsync(A, 4, SampleEvents.Several(0, 1), Cancel)
        );

        Assert.Equal(0, refusal.Actual);
        Assert.Empty(await Open().ListAsync(Cancel));
    }

    [Fact]
    public async Task An_append_of_nothing_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Open().AppendAsync(A, 0, [], Cancel));
    }

    [Fact]
    public async Task Of_appenders_at_once_each_event_gets_one_place()
    {
        IStudyStore[] stores = [Open(), Open()];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => AppendPatientlyAsync(stores[n % 2], n, 10)));

        StudyLog log = await Open().ReadAsync(A, 0, Cancel);
        Assert.Equal(80, log.Version);
        Assert.Equal(80, SampleEvents.Texts(log.Events).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Readers_see_whole_events_while_others_append()
    {
        Task writing = Task.Run(() => AppendPatientlyAsync(Open(), 0, 200), Cancel);
        IStudyStore reader = Open();
        long seen = 0;
        while (seen < 200)
        {
            StudyLog log = await reader.ReadAsync(A, 0, Cancel);
            Assert.Equal(
                SampleEvents.Texts(SampleEvents.Several(0, log.Events.Length)),
                SampleEvents.Texts(log.Events)
            );
            Assert.True(log.Version >= seen);
            seen = log.Version;
        }

        await writing;
    }

    [Fact]
    public async Task Studies_are_listed_in_order_and_kept_apart()
    {
        IStudyStore store = Open();
        Assert.Empty(await store.ListAsync(Cancel));

        await store.AppendAsync(B, 0, SampleEvents.Several(0, 1), Cancel);
        await store.AppendAsync(A, 0, SampleEvents.Several(1, 2), Cancel);

        Assert.Equal([A, B], await Open().ListAsync(Cancel));
        Assert.Equal(1, (await store.ReadAsync(B, 0, Cancel)).Version);
        Assert.Equal(2, (await store.ReadAsync(A, 0, Cancel)).Version);
    }

    [Fact]
    public async Task A_large_event_comes_back_whole()
    {
        ImmutableArray<StudyEvent> events = [SampleEvents.Of(0), SampleEvents.Large(3_000_000), SampleEvents.Of(1)];

        await Open().AppendAsync(A, 0, events, Cancel);

        StudyLog log = await Open().ReadAsync(A, 0, Cancel);
        Assert.Equal(SampleEvents.Texts(events), SampleEvents.Texts(log.Events));
    }

    private static async Task AppendPatientlyAsync(IStudyStore store, int writer, int count)
    {
        long version = 0;
        for (int n = 0; n < count; )
        {
            try
            {
                version = await store.AppendAsync(A, version, [SampleEvents.Of((writer * count) + n)], Cancel);
                n++;
            }
            catch (StudyVersionException other)
            {
                version = other.Actual;
            }
        }
    }
}
