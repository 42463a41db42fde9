using System.Text;
using Azure.Core;
using Azure.Storage.Blobs.Models;
using FunctionTune.Local.Stores;
using FunctionTune.Remote.Blobs;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Azurite;
using FunctionTune.Testing.Stores;

namespace FunctionTune.Remote.Tests.Blobs;

public sealed class BlobStudyStoreTests(AzuriteServer azurite) : StudyStoreContract, IAsyncLifetime
{
    private const string Log = "store/studies/study/log/";

    private static readonly StudyId Id = new("study");

    private readonly List<BlobStudyStore> _stores = [];
    private BlobPlace _place = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _place = BlobPlace.Parse($"{await azurite.NewContainerAsync(Cancel)}/store", "$.staging");

    public ValueTask DisposeAsync()
    {
        _stores.ForEach(store => store.Dispose());
        return ValueTask.CompletedTask;
    }

    protected override IStudyStore Open() => Open(new Wire());

    [Fact]
    public async Task An_append_whose_answer_is_lost_counts_once()
    {
        var wire = new Wire { LosesAnswerTo = _ => true };
        BlobStudyStore store = Open(wire, maxBlocks: 2);

        for (int version = 0; version < 10; version += 2)
        {
            Assert.Equal(version + 2, await store.AppendAsync(Id, version, SampleEvents.Several(version, 2), Cancel));
        }

        Assert.True(wire.Lost >= 5);
        await HoldsAsync(10);
    }

    [Fact]
    public async Task An_append_that_was_given_up_on_without_an_answer_is_recognised_when_it_is_tried_again()
    {
        var wire = new Wire { LosesAll = true, LosesAnswerTo = IsAppend };
        BlobStudyStore store = Open(wire);
        await Open().AppendAsync(Id, 0, SampleEvents.Several(0, 1), Cancel);

        await Assert.ThrowsAsync<FunctionTuneException>(() =>
            store.AppendAsync(Id, 1, SampleEvents.Several(1, 2), Cancel)
        );
        Assert.Equal(3, (await store.ReadAsync(Id, 0, Cancel)).Version);
        wire.LosesAll = false;

        Assert.Equal(3, await store.AppendAsync(Id, 1, SampleEvents.Several(1, 2), Cancel));
        Assert.Equal(4, await store.AppendAsync(Id, 3, SampleEvents.Several(3, 1), Cancel));
        await HoldsAsync(4);
    }

    [Fact]
    public async Task Of_stores_that_race_and_lose_answers_each_event_gets_one_place()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async writer =>
                {
                    IStudyStore store = Open(new Wire { LosesAnswerTo = IsAppend }, maxBlocks: 7);
                    await AppendPatientlyAsync(store, 15 * writer, 15);
                })
        );

        StudyLog log = await Open().ReadAsync(Id, 0, Cancel);
        Assert.Equal(60, log.Version);
        Assert.Equal(60, SampleEvents.Texts(log.Events).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_refusal_is_not_taken_for_success_because_another_writer_wrote_the_same()
    {
        IStudyStore first = Open();
        IStudyStore second = Open();
        await first.AppendAsync(Id, 0, SampleEvents.Several(0, 1), Cancel);
        await second.ReadAsync(Id, 0, Cancel);
        await first.AppendAsync(Id, 1, SampleEvents.Several(1, 1), Cancel);

        StudyVersionException refusal = await Assert.ThrowsAsync<StudyVersionException>(() =>
            second.AppendAsync(Id, 1, SampleEvents.Several(1, 1), Cancel)
        );

        Assert.Equal(2, refusal.Actual);
    }

    [Fact]
    public async Task A_log_goes_on_in_a_further_blob_before_one_is_full()
    {
        BlobStudyStore store = Open(new Wire(), maxBlocks: 3);
        BlobStudyStore follower = Open(new Wire(), maxBlocks: 3);
        for (int version = 0; version < 20; version += 2)
        {
            await store.AppendAsync(Id, version, SampleEvents.Several(version, 2), Cancel);
            Assert.Equal(2, (await follower.ReadAsync(Id, version, Cancel)).Events.Length);
        }

        Assert.Equal(["000001", "000002", "000003", "000004"], await SegmentsAsync());
        await HoldsAsync(20);
        for (int from = 0; from <= 20; from++)
        {
            foreach (IStudyStore reader in new[] { store, follower, Open(new Wire(), maxBlocks: 3) })
            {
                StudyLog log = await reader.ReadAsync(Id, from, Cancel);
                Assert.Equal(SampleEvents.Texts(SampleEvents.Several(from, 20 - from)), SampleEvents.Texts(log.Events));
            }
        }
    }

    [Fact]
    public async Task A_log_of_ten_thousand_events_is_followed_without_reading_it_again()
    {
        await Open().AppendAsync(Id, 0, SampleEvents.Several(0, 10_000), Cancel);
        var wire = new Wire();
        BlobStudyStore store = Open(wire);
        Assert.Equal(10_000, (await store.ReadAsync(Id, 0, Cancel)).Events.Length);
        long whole = wire.Received;

        for (int version = 10_000; version < 10_100; version += 2)
        {
            await store.AppendAsync(Id, version, SampleEvents.Several(version, 2), Cancel);
            Assert.Empty((await store.ReadAsync(Id, version + 2, Cancel)).Events);
        }

        Assert.Equal(600, (await store.ReadAsync(Id, 9_500, Cancel)).Events.Length);
        Assert.InRange(wire.Received - whole, 1, whole / 8);
        Assert.InRange(wire.Requests, 100, 110);
    }

    [Fact]
    public async Task A_log_copied_to_a_folder_goes_on_there_and_back()
    {
        using var folder = new TemporaryFolder();
        await AppendSinglyAsync(Open(new Wire(), maxBlocks: 2), 0, 5);

        foreach (string segment in await SegmentsAsync())
        {
            BinaryData bytes = (await Blob(segment).DownloadContentAsync(Cancel)).Value.Content;
            folder.Write($"studies/study/log/{segment}.jsonl", bytes.ToString());
            await Blob(segment).DeleteAsync(cancellationToken: Cancel);
        }

        using (var local = new FolderStudyStore(folder.Path))
        {
            await AppendSinglyAsync(local, 5, 2);
        }

        foreach (string file in Directory.GetFiles(folder["studies/study/log"]))
        {
            await Blob(Path.GetFileNameWithoutExtension(file)).UploadAsync(file, Cancel);
        }

        await AppendSinglyAsync(Open(), 7, 2);
        Assert.Equal(["000001", "000002", "000003", "000004"], await SegmentsAsync());
        await HoldsAsync(9);
    }

    [Fact]
    public async Task What_a_power_cut_left_at_the_end_of_a_copied_log_is_cut_off()
    {
        byte[][] lines = [.. SampleEvents.Several(0, 3).Select(StudyJson.Write)];
        string log = string.Join('\n', lines.Select(Encoding.UTF8.GetString))[..^4];
        await Blob("000001").UploadAsync(BinaryData.FromString(log), Cancel);

        IStudyStore store = Open();
        Assert.Equal(2, (await store.ReadAsync(Id, 0, Cancel)).Version);
        Assert.Equal(3, await store.AppendAsync(Id, 2, SampleEvents.Several(2, 1), Cancel));

        await HoldsAsync(3);
    }

    [Fact]
    public async Task A_bad_line_is_named()
    {
        await Blob("000001").UploadAsync(BinaryData.FromString("nonsense\n"), Cancel);

        StudyLogException fault = await Assert.ThrowsAsync<StudyLogException>(() => Open().ReadAsync(Id, 0, Cancel));

        Assert.Contains("000001.jsonl, byte 0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_that_was_removed_is_not_begun_anew_by_who_knew_it()
    {
        IStudyStore store = Open();
        await store.AppendAsync(Id, 0, SampleEvents.Several(0, 3), Cancel);
        await Blob("000001").DeleteAsync(cancellationToken: Cancel);

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            store.AppendAsync(Id, 3, SampleEvents.Several(3, 1), Cancel)
        );

        Assert.Contains("restore it", fault.Hint, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_study_begun_anew_by_somebody_else_is_read_from_its_beginning()
    {
        IStudyStore store = Open();
        await store.AppendAsync(Id, 0, SampleEvents.Several(0, 1), Cancel);
        await store.ReadAsync(Id, 0, Cancel);
        await Blob("000001").DeleteAsync(cancellationToken: Cancel);
        await Open().AppendAsync(Id, 0, SampleEvents.Several(10, 4), Cancel);

        StudyLog log = await store.ReadAsync(Id, 1, Cancel);

        Assert.Equal(SampleEvents.Texts(SampleEvents.Several(11, 3)), SampleEvents.Texts(log.Events));
    }

    [Fact]
    public async Task What_has_no_events_is_not_listed()
    {
        await Blob("000001").UploadAsync(BinaryData.FromString(""), Cancel);
        await Folder(new Wire())
            .Container.UploadBlobAsync(
                "store/studies/other/trials/1/1/trial.json",
                BinaryData.FromString("{}"),
                Cancel
            );

        Assert.Empty(await Open().ListAsync(Cancel));
    }

    [Fact]
    public async Task A_container_that_does_not_exist_is_named()
    {
        var folder = BlobFolder.Open(_place with { Container = "missing" });
        using var store = new BlobStudyStore(folder);

        foreach (
            Func<Task> use in new Func<Task>[]
            {
                () => store.ReadAsync(Id, 0, Cancel),
                () => store.AppendAsync(Id, 0, SampleEvents.Several(0, 1), Cancel),
                () => store.ListAsync(Cancel),
            }
        )
        {
            FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(use);
            Assert.Contains("Create the container 'missing'", fault.Hint, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_named()
    {
        var place = BlobPlace.Parse("http://127.0.0.1:1/devstoreaccount1/container", "$.staging");
        using var store = new BlobStudyStore(
            BlobFolder.Open(place, _ => null, AzureLogin.Credential, options => options.Retry.MaxRetries = 1)
        );

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            store.ReadAsync(Id, 0, Cancel)
        );

        Assert.Contains("http://127.0.0.1:1/devstoreaccount1/container", fault.Message, StringComparison.Ordinal);
        Assert.Contains("network", fault.Hint, StringComparison.Ordinal);
    }

    private static bool IsAppend(Request request) =>
        request.Uri.Query.Contains("comp=appendblock", StringComparison.Ordinal);

    private static async Task AppendSinglyAsync(IStudyStore store, int from, int count)
    {
        for (int version = from; version < from + count; version++)
        {
            await store.AppendAsync(Id, version, SampleEvents.Several(version, 1), Cancel);
        }
    }

    private static async Task AppendPatientlyAsync(IStudyStore store, int from, int count)
    {
        long version = 0;
        for (int n = 0; n < count; )
        {
            try
            {
                version = await store.AppendAsync(Id, version, SampleEvents.Several(from + n, 1), Cancel);
                n++;
            }
            catch (StudyVersionException other)
            {
                version = other.Actual;
            }
        }
    }

    private async Task HoldsAsync(int count)
    {
        StudyLog log = await Open().ReadAsync(Id, 0, Cancel);
        Assert.Equal(SampleEvents.Texts(SampleEvents.Several(0, count)), SampleEvents.Texts(log.Events));
    }

    private async Task<List<string>> SegmentsAsync()
    {
        var names = new List<string>();
        await foreach (
            BlobItem item in Folder(new Wire()).Container.GetBlobsAsync(prefix: Log, cancellationToken: Cancel)
        )
        {
            names.Add(Path.GetFileNameWithoutExtension(item.Name));
        }

        return names;
    }

    private Azure.Storage.Blobs.BlobClient Blob(string segment) =>
        Folder(new Wire()).Container.GetBlobClient($"{Log}{segment}.jsonl");

    private BlobFolder Folder(Wire wire) =>
        BlobFolder.Open(
            _place,
            _ => null,
            AzureLogin.Credential,
            options =>
            {
                options.Transport = wire;
                options.Retry.Delay = TimeSpan.FromMilliseconds(1);
            }
        );

    private BlobStudyStore Open(Wire wire, int maxBlocks = BlobStudyStore.MaxBlocks)
    {
        var store = new BlobStudyStore(Folder(wire), maxBlocks);
        _stores.Add(store);
        return store;
    }
}
