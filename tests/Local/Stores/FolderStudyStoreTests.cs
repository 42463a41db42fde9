using FunctionTune.Local.Stores;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Stores;

namespace FunctionTune.Local.Tests.Stores;

public sealed class FolderStudyStoreTests : StudyStoreContract, IDisposable
{
    private static readonly StudyId Id = new("study");

    private readonly TemporaryFolder _folder = new();
    private readonly List<FolderStudyStore> _stores = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string LogFile => _folder["studies/study/log/000001.jsonl"];

    public void Dispose()
    {
        _stores.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    protected override IStudyStore Open()
    {
        var store = new FolderStudyStore(_folder.Path);
        _stores.Add(store);
        return store;
    }

    [Fact]
    public async Task A_log_cut_at_any_byte_of_its_last_records_reads_as_its_whole_events_and_can_be_appended_to()
    {
        await Open().AppendAsync(Id, 0, SampleEvents.Several(0, 5), Cancel);
        byte[] whole = await File.ReadAllBytesAsync(LogFile, Cancel);
        int[] ends = [.. Enumerable.Range(0, whole.Length).Where(i => whole[i] == (byte)'\n').Select(i => i + 1)];

        for (int cut = ends[1]; cut <= whole.Length; cut++)
        {
            await File.WriteAllBytesAsync(LogFile, whole[..cut], Cancel);
            int expected = ends.Count(end => end <= cut);
            using var store = new FolderStudyStore(_folder.Path);

            Assert.Equal(expected, (await store.ReadAsync(Id, 0, Cancel)).Version);
            Assert.Equal(expected + 1, await store.AppendAsync(Id, expected, [SampleEvents.Of(7)], Cancel));

            StudyLog log = await store.ReadAsync(Id, 0, Cancel);
            StudyEvent[] events = [.. SampleEvents.Several(0, expected), SampleEvents.Of(7)];
            Assert.Equal(SampleEvents.Texts(events), SampleEvents.Texts(log.Events));
        }
    }

    [Fact]
    public async Task A_store_that_knows_a_log_notices_that_it_was_cut()
    {
        IStudyStore store = Open();
        await store.AppendAsync(Id, 0, SampleEvents.Several(0, 5), Cancel);
        byte[] whole = await File.ReadAllBytesAsync(LogFile, Cancel);
        await File.WriteAllBytesAsync(LogFile, whole[..^5], Cancel);

        Assert.Equal(4, (await store.ReadAsync(Id, 5, Cancel)).Version);
        await Assert.ThrowsAsync<StudyVersionException>(() => store.AppendAsync(Id, 5, [SampleEvents.Of(7)], Cancel));
        Assert.Equal(5, await store.AppendAsync(Id, 4, [SampleEvents.Of(7)], Cancel));
    }

    [Theory]
    [InlineData("\0\0\0\0\0\0")]
    [InlineData("\0\0\0\0\0\0\n")]
    [InlineData("{\"type\":\"paused\",\n")]
    public async Task A_last_line_that_is_no_JSON_is_nothing(string tail)
    {
        await Open().AppendAsync(Id, 0, SampleEvents.Several(0, 2), Cancel);
        await File.AppendAllTextAsync(LogFile, tail, Cancel);

        Assert.Equal(2, (await Open().ReadAsync(Id, 0, Cancel)).Version);
        Assert.Equal(2, (await Open().ReadAsync(Id, 2, Cancel)).Version);
        Assert.Equal(3, await Open().AppendAsync(Id, 2, [SampleEvents.Of(2)], Cancel));
        Assert.Equal(3, (await Open().ReadAsync(Id, 0, Cancel)).Events.Length);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"type\":\"unheard\"}")]
    public async Task A_bad_line_in_the_middle_is_named(string line)
    {
        IStudyStore store = Open();
        await store.AppendAsync(Id, 0, SampleEvents.Several(0, 2), Cancel);
        await File.AppendAllTextAsync(LogFile, line + "\n", Cancel);
        byte[] good = StudyJson.Write(SampleEvents.Of(2));
        await File.AppendAllTextAsync(LogFile, System.Text.Encoding.UTF8.GetString(good) + "\n", Cancel);

        StudyLogException fault = await Assert.ThrowsAsync<StudyLogException>(() => Open().ReadAsync(Id, 0, Cancel));

        Assert.Contains($"{LogFile}, line 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_in_several_files_is_read_in_their_order_and_appended_to_at_the_last()
    {
        await Open().AppendAsync(Id, 0, SampleEvents.Several(0, 3), Cancel);
        File.Move(LogFile, _folder["studies/study/log/first"]);
        await Open().AppendAsync(Id, 0, SampleEvents.Several(3, 2), Cancel);
        File.Move(LogFile, _folder["studies/study/log/000002.jsonl"]);
        File.Move(_folder["studies/study/log/first"], LogFile);

        IStudyStore store = Open();
        Assert.Equal(6, await store.AppendAsync(Id, 5, [SampleEvents.Of(5)], Cancel));

        foreach (IStudyStore reader in new[] { store, Open() })
        {
            StudyLog log = await reader.ReadAsync(Id, 0, Cancel);
            Assert.Equal(SampleEvents.Texts(SampleEvents.Several(0, 6)), SampleEvents.Texts(log.Events));
        }
    }

    [Fact]
    public async Task A_study_whose_folder_vanished_is_not_begun_anew()
    {
        IStudyStore store = Open();
        await store.AppendAsync(Id, 0, SampleEvents.Several(0, 3), Cancel);
        Directory.Delete(_folder["studies/study"], recursive: true);

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            store.AppendAsync(Id, 3, [SampleEvents.Of(3)], Cancel)
        );

        Assert.Contains("'study' could not be written", fault.Message, StringComparison.Ordinal);
        Assert.Contains("restore it", fault.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_in_a_file_is_refused_in_words()
    {
        using var store = new FolderStudyStore(_folder.Write("file", ""));

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            store.AppendAsync(Id, 0, [SampleEvents.Of(0)], Cancel)
        );

        Assert.Contains("could not be written", fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Hint);
    }

    [Fact]
    public async Task Two_processes_append_without_losing_an_event()
    {
        using var first = Probe.Start("append", _folder.Path, "study", "200");
        using var second = Probe.Start("append", _folder.Path, "study", "200");
        foreach (Probe probe in new[] { first, second })
        {
            await probe.IsReadyAsync();
        }

        first.Go();
        second.Go();
        await first.EndsAsync();
        await second.EndsAsync();

        StudyLog log = await Open().ReadAsync(Id, 0, Cancel);
        Assert.Equal(400, log.Events.Length);
        Assert.All(
            SampleEvents.Texts(log.Events).GroupBy(text => text, StringComparer.Ordinal),
            g => Assert.Equal(2, g.Count())
        );
    }
}
