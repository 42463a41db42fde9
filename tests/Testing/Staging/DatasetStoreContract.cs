using System.Security.Cryptography;
using System.Text;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Staging;

/// <summary>What holds of <see cref="DatasetStore"/> over every staging area. Inherit it and say how to open an area.</summary>
public abstract class DatasetStoreContract : IDisposable
{
    /// <summary>For the files to stage.</summary>
    protected TemporaryFolder Folder { get; } = new();

    private const int Most = 1 << 28;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens the same area at each call, each time as another process would.</summary>
    protected abstract IStagingArea Open();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_file_is_named_by_what_it_holds()
    {
        SourceFile file = Sources.Write(Folder, "train set #1.csv", Sources.Bytes(1, 5000));

        DataReference reference = await Store().PutAsync(DatasetKind.File, [file], null, Cancel);

        Assert.Equal((file.Sha256, file.Bytes), (reference.Sha256, reference.Bytes));
        Assert.Null(reference.Manifest);
        Assert.Equal(Open().AddressOf($"datasets/{file.Sha256}/train set #1.csv"), reference.Uri);
        Assert.Equal(Sources.Bytes(1, 5000), await ReadAsync($"datasets/{file.Sha256}/train set #1.csv"));
    }

    [Fact]
    public async Task The_same_bytes_under_another_name_are_there_once()
    {
        SourceFile first = Sources.Write(Folder, "first.csv", Sources.Bytes(2, 5000));
        SourceFile second = Sources.Write(Folder, "second.csv", Sources.Bytes(2, 5000));

        DataReference one = await Store().PutAsync(DatasetKind.File, [first], null, Cancel);
        DataReference other = await Store().PutAsync(DatasetKind.File, [second], null, Cancel);

        Assert.Equal(one, other);
        Assert.Null(await Open().ReadAsync($"datasets/{second.Sha256}/second.csv", 0, Most, Cancel));
    }

    [Fact]
    public async Task A_folder_is_named_by_its_listing_in_whatever_order_its_files_come()
    {
        SourceFile[] files = Files();
        string listing = string.Concat(
            files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Sha256}  {file.Name}\n")
        );
        string expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(listing)));

        DataReference one = await Store().PutAsync(DatasetKind.Folder, files, null, Cancel);
        DataReference other = await Store().PutAsync(DatasetKind.Folder, [.. files.Reverse()], null, Cancel);

        Assert.Equal(expected, one.Sha256);
        Assert.Equal(one, other);
        Assert.Equal(Open().AddressOf($"datasets/{expected}/manifest.json"), one.Manifest);
        DatasetManifest manifest = (await Store().FindAsync(expected, Cancel))!;
        Assert.Equal(files.Select(file => file.Name).Order(StringComparer.Ordinal), manifest.Files.Select(f => f.Name));
        foreach (SourceFile file in files)
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(file.Path, Cancel),
                await ReadAsync($"datasets/{expected}/{file.Name}")
            );
        }
    }

    [Fact]
    public async Task Another_name_in_a_folder_makes_another_dataset()
    {
        SourceFile[] files = Files();
        DataReference one = await Store().PutAsync(DatasetKind.Folder, files, null, Cancel);

        files[0] = files[0] with { Name = "renamed" };
        DataReference other = await Store().PutAsync(DatasetKind.Folder, files, null, Cancel);

        Assert.NotEqual(one.Sha256, other.Sha256);
    }

    [Fact]
    public async Task Progress_goes_up_to_the_size_of_the_dataset()
    {
        SourceFile[] files = Files();
        var watch = new Watch();

        DataReference reference = await Store().PutAsync(DatasetKind.Folder, files, watch, Cancel);

        Assert.Equal(watch.Reports.Order(), watch.Reports);
        Assert.Equal(reference.Bytes, watch.Reports[^1]);
    }

    [Fact]
    public async Task A_dataset_that_was_interrupted_is_not_there_until_it_is_whole()
    {
        SourceFile[] files = Files();
        string sha256 = DatasetManifest.Of(DatasetKind.Folder, files).Sha256;
        for (int at = 1; at < files.Length; at++)
        {
            long point = files.Take(at).Sum(file => file.Bytes);
            using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var watch = new Watch(arrived =>
            {
                if (arrived >= point)
                {
                    interruption.Cancel();
                }
            });

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                Store().PutAsync(DatasetKind.Folder, files, watch, interruption.Token)
            );
            Assert.Null(await Store().FindAsync(sha256, Cancel));
        }

        Assert.Equal(sha256, (await Store().PutAsync(DatasetKind.Folder, files, null, Cancel)).Sha256);
        Assert.NotNull(await Store().FindAsync(sha256, Cancel));
    }

    [Fact]
    public async Task A_dataset_with_a_file_that_changed_is_not_there()
    {
        SourceFile[] files = Files();
        await File.WriteAllBytesAsync(files[^1].Path, Sources.Bytes(9, (int)files[^1].Bytes), Cancel);

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            Store().PutAsync(DatasetKind.Folder, files, null, Cancel)
        );

        Assert.Contains(files[^1].Path, fault.Message, StringComparison.Ordinal);
        Assert.Null(await Store().FindAsync(DatasetManifest.Of(DatasetKind.Folder, files).Sha256, Cancel));
    }

    [Theory]
    [InlineData(DatasetKind.File)]
    [InlineData(DatasetKind.Folder)]
    public async Task A_file_with_the_name_of_the_manifest_is_refused(DatasetKind kind)
    {
        SourceFile file = Sources.Write(Folder, "manifest.json", Sources.Bytes(7, 10));

        FunctionTuneException fault = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            Store().PutAsync(kind, [file], null, Cancel)
        );

        Assert.Contains("manifest.json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_many_small_files_and_a_large_one_arrives()
    {
        SourceFile[] files =
        [
            .. Enumerable.Range(0, 60).Select(n => Sources.Write(Folder, $"{n:D2}", Sources.Bytes(n, 100 * n))),
            Sources.Write(Folder, "large", Sources.Bytes(60, 9 << 20)),
        ];
        var watch = new Watch();

        DataReference reference = await Store().PutAsync(DatasetKind.Folder, files, watch, Cancel);

        Assert.Equal(watch.Reports.Order(), watch.Reports);
        Assert.Equal(reference.Bytes, watch.Reports[^1]);
        foreach (SourceFile file in files)
        {
            byte[] arrived = await ReadAsync($"datasets/{reference.Sha256}/{file.Name}");
            byte[] expected = await File.ReadAllBytesAsync(file.Path, Cancel);
            Assert.True(arrived.AsSpan().SequenceEqual(expected));
        }
    }

    [Fact]
    public async Task Studies_that_stage_the_same_at_once_get_the_same()
    {
        SourceFile[] files = Files();

        DataReference[] references = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Store().PutAsync(DatasetKind.Folder, files, null, Cancel))
        );

        Assert.All(references, reference => Assert.Equal(references[0], reference));
    }

    private SourceFile[] Files() =>
        [
            Sources.Write(Folder, "b/part-1.parquet", Sources.Bytes(3, 40_000)),
            Sources.Write(Folder, "a b/größe 100%.csv", Sources.Bytes(4, 30_000)),
            Sources.Write(Folder, "B", Sources.Bytes(5, 20_000)),
            Sources.Write(Folder, "empty", []),
            Sources.Write(Folder, "z", Sources.Bytes(6, 10_000)),
        ];

    private DatasetStore Store() => new(Open());

    private async Task<byte[]> ReadAsync(string path) =>
        (await Open().ReadAsync(path, 0, Most, Cancel))!.Value.ToArray();
}
