using FunctionTune.Remote.Blobs;
using FunctionTune.Staging;
using FunctionTune.Studies;
using FunctionTune.Testing.Azurite;
using FunctionTune.Testing.Staging;

namespace FunctionTune.Remote.Tests.Blobs;

public sealed class BlobStagingAreaTests(AzuriteServer azurite) : ListedAreaContract, IAsyncLifetime
{
    private static readonly HttpClient s_http = new();

    private BlobPlace _place = null!;

    public static TheoryData<string> SignedNames => Names;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _place = BlobPlace.Parse($"{await azurite.NewContainerAsync(Cancel)}/area one/x", "$.staging");

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IStagingArea Open() => Open(new Wire());

    [Fact]
    public async Task A_file_whose_creation_was_answered_by_nobody_is_ours()
    {
        var wire = new Wire { LosesAnswerTo = _ => true };

        Assert.True(await Open(wire).CreateAsync("file", new byte[] { 1, 2 }, Cancel));
        Assert.False(await Open(wire).CreateAsync("file", new byte[] { 1, 3 }, Cancel));

        Assert.True(wire.Lost > 0);
        Assert.Equal([1, 2], (await Open().ReadAsync("file", 0, Most, Cancel))!.Value.ToArray());
    }

    [Fact]
    public async Task A_file_whose_answers_are_all_lost_once_arrives()
    {
        SourceFile file = Sources.Write(Folder, "file", Sources.Bytes(1, Large));

        await Open(new Wire { LosesAnswerTo = _ => true }).UploadAsync("file", file, null, Cancel);

        Assert.True(
            (await Open().ReadAsync("file", 0, Most, Cancel))!.Value.Span.SequenceEqual(Sources.Bytes(1, Large))
        );
    }

    [Fact]
    public async Task An_upload_that_was_interrupted_sends_only_what_is_missing()
    {
        SourceFile file = Sources.Write(Folder, "file", Sources.Bytes(2, 5 * Large));
        var points = new Random(2);
        long sent = 0;
        int interruptions = 0;
        for (bool isThere = false; !isThere; )
        {
            var wire = new Wire();
            using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            long point = points.NextInt64(3 * Large);
            wire.BeforeSending = _ =>
            {
                if (wire.Sent > point)
                {
                    interruption.Cancel();
                }
            };
            try
            {
                await Open(wire).UploadAsync("file", file, null, interruption.Token);
                isThere = true;
            }
            catch (OperationCanceledException)
            {
                interruptions++;
            }

            sent += wire.Sent;
        }

        // What was on its way at an interruption may have been sent in vain: six blocks at most.
        Assert.True(interruptions > 0);
        Assert.InRange(sent, file.Bytes, file.Bytes + (interruptions * 7L * (8 << 20)));
        Assert.True(
            (await Open().ReadAsync("file", 0, Most, Cancel))!.Value.Span.SequenceEqual(Sources.Bytes(2, 5 * Large))
        );
    }

    [Fact]
    public async Task What_arrived_of_an_interrupted_upload_is_not_sent_again()
    {
        SourceFile file = Sources.Write(Folder, "file", Sources.Bytes(3, 5 * Large));
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        long arrived = 0;
        var watch = new Watch(bytes =>
        {
            arrived = bytes;
            if (bytes > 2 * Large)
            {
                interruption.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Open().UploadAsync("file", file, watch, interruption.Token)
        );
        var wire = new Wire();

        await Open(wire).UploadAsync("file", file, null, Cancel);

        Assert.InRange(wire.Sent, 1, file.Bytes - arrived + 10_000);
    }

    [Fact]
    public async Task A_dataset_that_is_there_is_not_sent_again()
    {
        SourceFile file = Sources.Write(Folder, "file", Sources.Bytes(4, Large));
        DataReference first = await new DatasetStore(Open()).PutAsync(DatasetKind.File, [file], null, Cancel);
        var wire = new Wire();

        DataReference second = await new DatasetStore(Open(wire)).PutAsync(DatasetKind.File, [file], null, Cancel);

        Assert.Equal(first, second);
        Assert.Equal((0, 1), (wire.Sent, wire.Requests));
    }

    [Fact]
    public async Task Another_file_under_the_name_is_named()
    {
        await Open().UploadAsync("file", Sources.Write(Folder, "a", Sources.Bytes(5, 1000)), null, Cancel);

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            Open().UploadAsync("file", Sources.Write(Folder, "b", Sources.Bytes(6, 1000)), null, Cancel)
        );

        Assert.Contains(Open().AddressOf("file"), fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SignedNames))]
    public async Task A_signed_url_to_read_reads_and_does_nothing_else(string name)
    {
        await Open().CreateAsync(name, new byte[] { 7 }, Cancel);
        string url = Open().UriOf(name, StagingUse.Read);

        Assert.Equal([7], await s_http.GetByteArrayAsync(url, Cancel));
        Assert.False(await CreatesAsync(url));
        Assert.False(await CreatesAsync(url.Replace(".csv", ".txt", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_signed_url_to_create_creates_once()
    {
        string url = Open().UriOf("trials/1/result.json", StagingUse.Create);

        Assert.True(await CreatesAsync(url));
        Assert.False(await CreatesAsync(url));

        Assert.NotNull(await Open().ReadAsync("trials/1/result.json", 0, Most, Cancel));
    }

    [Fact]
    public async Task A_signed_url_to_append_appends()
    {
        string url = Open().UriOf("trials/1/progress.jsonl", StagingUse.Append);

        using (HttpResponseMessage created = await PutAsync(url, "AppendBlob", []))
        {
            Assert.True(created.IsSuccessStatusCode);
        }

        foreach (byte line in new byte[] { 1, 2 })
        {
            using HttpResponseMessage appended = await PutAsync(url + "&comp=appendblock", null, [line]);
            Assert.True(appended.IsSuccessStatusCode);
        }

        Assert.Equal([2], (await Open().ReadAsync("trials/1/progress.jsonl", 1, Most, Cancel))!.Value.ToArray());
    }

    [Fact]
    public void Trials_find_a_mounted_area_where_it_is_mounted()
    {
        var area = new BlobStagingArea(BlobFolder.Open(_place), "/Volumes/main/ft/p/");

        Assert.Equal("/Volumes/main/ft/p/a b/c", area.UriOf("a b/c", StagingUse.Read));
        Assert.Equal($"{_place}/a b/c", area.AddressOf("a b/c"));
    }

    [Fact]
    public void A_signature_by_a_signature_is_refused()
    {
        var place = BlobPlace.Parse("https://account.blob.core.windows.net/container", "$.staging");
        var folder = BlobFolder.Open(
            place,
            name => name == "AZURE_STORAGE_SAS_TOKEN" ? "?sv=2024-01-01&sig=x" : null,
            AzureLogin.Credential,
            _ => { }
        );
        var area = new BlobStagingArea(folder, access: StagingAccess.Sas);

        FunctionTuneException fault = Assert.Throws<FunctionTuneException>(() => area.UriOf("x", StagingUse.Read));

        Assert.Contains("AZURE_STORAGE_CONNECTION_STRING", fault.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<bool> CreatesAsync(string url)
    {
        using HttpResponseMessage answer = await PutAsync(url, "BlockBlob", [8]);
        return answer.IsSuccessStatusCode;
    }

    private static async Task<HttpResponseMessage> PutAsync(string url, string? kind, byte[] bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(bytes) };
        if (kind is not null)
        {
            request.Headers.Add("x-ms-blob-type", kind);
            request.Headers.Add("If-None-Match", "*");
        }

        return await s_http.SendAsync(request, Cancel);
    }

    private BlobStagingArea Open(Wire wire) =>
        new(
            BlobFolder.Open(
                _place,
                _ => null,
                AzureLogin.Credential,
                options =>
                {
                    options.Transport = wire;
                    options.Retry.Delay = TimeSpan.FromMilliseconds(1);
                }
            )
        );
}
