using System.Text;
using FunctionTune.Staging;

namespace FunctionTune.Testing.Staging;

/// <summary>What holds of every <see cref="IStagingArea"/>. Inherit it and say how to open an area.</summary>
public abstract class StagingAreaContract : IDisposable
{
    /// <summary>A size of several blocks and a bit.</summary>
    protected const int Large = (26 << 20) + 12_345;

    /// <summary>More bytes than any file here has.</summary>
    protected const int Most = 1 << 28;

    /// <summary>For the files to stage.</summary>
    protected TemporaryFolder Folder { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names =>
        [
            "plain.csv",
            "deep/down/below/file",
            "with space.csv",
            "a#b?c&d=e;f.csv",
            "50%.csv",
            "a%20b%2Fc.csv",
            "a+b@c:d,e'(f)!~$.csv",
            "größe/日本語/🦆.parquet",
            "_delta_log/.part-00000.crc",
        ];

    /// <summary>Opens the same area at each call, each time as another process would.</summary>
    protected abstract IStagingArea Open();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_not_there_reads_as_nothing()
    {
        Assert.Null(await Open().ReadAsync("not/there", 0, Most, Cancel));
        Assert.Null(await Open().ReadAsync("not/there", 10, Most, Cancel));
    }

    [Fact]
    public async Task Of_sixteen_that_create_a_file_at_once_one_does()
    {
        IStagingArea[] areas = [.. Enumerable.Range(0, 16).Select(_ => Open())];
        using var start = new Barrier(areas.Length);

        bool[] created = await Task.WhenAll(
            areas.Select(
                (area, number) =>
                    Task
                        .Factory.StartNew(
                            () =>
                            {
                                start.SignalAndWait(Cancel);
                                return area.CreateAsync("a/file.json", Utf8($"from {number}"), Cancel);
                            },
                            Cancel,
                            TaskCreationOptions.LongRunning,
                            TaskScheduler.Default
                        )
                        .Unwrap()
            )
        );

        int winner = Array.IndexOf(created, true);
        Assert.Single(created, true);
        Assert.Equal($"from {winner}", await TextAsync("a/file.json"));
    }

    [Fact]
    public async Task A_file_is_created_once_even_with_the_same_bytes()
    {
        Assert.True(await Open().CreateAsync("file", Utf8("same"), Cancel));
        Assert.False(await Open().CreateAsync("file", Utf8("same"), Cancel));
        Assert.False(await Open().CreateAsync("file", Utf8("other"), Cancel));

        Assert.Equal("same", await TextAsync("file"));
    }

    [Theory]
    [InlineData(0, 10, "0123456789")]
    [InlineData(0, 11, "0123456789")]
    [InlineData(0, 3, "012")]
    [InlineData(1, 1000, "123456789")]
    [InlineData(4, 2, "45")]
    [InlineData(9, 5, "9")]
    [InlineData(10, 5, "")]
    [InlineData(11, 5, "")]
    public async Task A_file_is_read_from_a_position_on(long from, int most, string expected)
    {
        await Open().CreateAsync("file", Utf8("0123456789"), Cancel);

        ReadOnlyMemory<byte>? rest = await Open().ReadAsync("file", from, most, Cancel);

        Assert.Equal(expected, Encoding.UTF8.GetString(rest!.Value.Span));
    }

    [Fact]
    public async Task An_empty_file_is_there()
    {
        await Open().CreateAsync("created", ReadOnlyMemory<byte>.Empty, Cancel);
        await Open().UploadAsync("uploaded", Sources.Write(Folder, "empty", []), null, Cancel);

        Assert.Equal("", await TextAsync("created"));
        Assert.Equal("", await TextAsync("uploaded"));
        Assert.False(await Open().CreateAsync("uploaded", Utf8("more"), Cancel));
    }

    [Theory]
    [MemberData(nameof(Names), MemberType = typeof(StagingAreaContract))]
    public async Task Names_are_kept_as_they_are(string name)
    {
        SourceFile file = Sources.Write(Folder, "source", Sources.Bytes(1, 1000));

        Assert.True(await Open().CreateAsync($"created/{name}", Utf8(name), Cancel));
        await Open().UploadAsync($"uploaded/{name}", file, null, Cancel);

        Assert.Equal(name, await TextAsync($"created/{name}"));
        Assert.Equal(
            Sources.Bytes(1, 1000),
            (await Open().ReadAsync($"uploaded/{name}", 0, Most, Cancel))!.Value.ToArray()
        );
        Assert.Equal($"{Open().AddressOf("")}/created/{name}", Open().AddressOf($"created/{name}"));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/outside")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("")]
    public async Task Paths_that_lead_elsewhere_are_refused(string path)
    {
        SourceFile file = Sources.Write(Folder, "source", [1]);

        await Assert.ThrowsAnyAsync<Exception>(() => Open().CreateAsync(path, Utf8("x"), Cancel));
        await Assert.ThrowsAnyAsync<Exception>(() => Open().UploadAsync(path, file, null, Cancel));
        await Assert.ThrowsAnyAsync<Exception>(() => Open().ReadAsync(path, 0, Most, Cancel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8 << 20)]
    [InlineData((8 << 20) + 1)]
    [InlineData(Large)]
    public async Task A_file_arrives_whole_and_progress_reaches_its_size(int size)
    {
        SourceFile file = Sources.Write(Folder, "large.bin", Sources.Bytes(2, size));
        var watch = new Watch();

        await Open().UploadAsync("data/large.bin", file, watch, Cancel);

        Assert.True(
            (await Open().ReadAsync("data/large.bin", 0, Most, Cancel))!.Value.Span.SequenceEqual(
                Sources.Bytes(2, size)
            )
        );
        Assert.Equal(watch.Reports.Order(), watch.Reports);
        Assert.Equal(size, watch.Reports[^1]);
    }

    [Fact]
    public async Task An_upload_of_what_is_there_does_nothing()
    {
        SourceFile file = Sources.Write(Folder, "file", Sources.Bytes(3, 100_000));
        await Open().UploadAsync("file", file, null, Cancel);
        var watch = new Watch();

        await Open().UploadAsync("file", file, watch, Cancel);

        Assert.Equal(file.Bytes, watch.Reports[^1]);
    }

    [Fact]
    public async Task Uploads_of_one_file_at_once_all_succeed()
    {
        SourceFile file = Sources.Write(Folder, "file", Sources.Bytes(4, Large));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Open().UploadAsync("file", file, null, Cancel)));

        Assert.True(
            (await Open().ReadAsync("file", 0, Most, Cancel))!.Value.Span.SequenceEqual(Sources.Bytes(4, Large))
        );
    }

    [Fact]
    public async Task An_upload_interrupted_again_and_again_arrives_in_the_end()
    {
        SourceFile file = Sources.Write(Folder, "file", Sources.Bytes(5, Large));
        var points = new Random(5);
        for (int round = 0; round < 6; round++)
        {
            long point = points.NextInt64(Large);
            using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var watch = new Watch(arrived =>
            {
                if (arrived >= point)
                {
                    interruption.Cancel();
                }
            });
            try
            {
                await Open().UploadAsync("file", file, watch, interruption.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Null(await Open().ReadAsync("file", 0, Most, Cancel));
            }
        }

        await Open().UploadAsync("file", file, null, Cancel);
        Assert.True(
            (await Open().ReadAsync("file", 0, Most, Cancel))!.Value.Span.SequenceEqual(Sources.Bytes(5, Large))
        );
    }

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1000, 999)]
    [InlineData(1000, 1001)]
    [InlineData(1000, 0)]
    [InlineData(Large, Large)]
    [InlineData(Large, Large - (9 << 20))]
    [InlineData(Large, Large + 1)]
    public async Task A_file_that_changed_is_named_and_nothing_is_there(int before, int after)
    {
        SourceFile file = Sources.Write(Folder, "changing", Sources.Bytes(6, before));
        byte[] changed = Sources.Bytes(6, after);
        if (after > 0)
        {
            changed[^1] ^= 1;
        }

        await File.WriteAllBytesAsync(file.Path, changed, Cancel);

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            Open().UploadAsync("changing", file, null, Cancel)
        );

        Assert.Contains(file.Path, fault.Message, StringComparison.Ordinal);
        Assert.Null(await Open().ReadAsync("changing", 0, Most, Cancel));

        // Put back, it is staged: nothing of the other bytes is left.
        await File.WriteAllBytesAsync(file.Path, Sources.Bytes(6, before), Cancel);
        await Open().UploadAsync("changing", file, null, Cancel);
        Assert.True(
            (await Open().ReadAsync("changing", 0, Most, Cancel))!.Value.Span.SequenceEqual(Sources.Bytes(6, before))
        );
    }

    [Fact]
    public async Task A_file_that_is_gone_is_named()
    {
        SourceFile file = Sources.Write(Folder, "gone", [1, 2, 3]);
        File.Delete(file.Path);

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            Open().UploadAsync("gone", file, null, Cancel)
        );

        Assert.Contains(file.Path, fault.Message, StringComparison.Ordinal);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<string> TextAsync(string path) =>
        Encoding.UTF8.GetString((await Open().ReadAsync(path, 0, Most, Cancel))!.Value.Span);
}
