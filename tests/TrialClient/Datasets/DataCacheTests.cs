using System.Security.Cryptography;
using System.Text;
using FunctionTune.Testing;
using FunctionTune.TrialClient.Datasets;
using FunctionTune.TrialClient.Places;
using FunctionTune.TrialClient.Tests.Places;

namespace FunctionTune.TrialClient.Tests.Datasets;

public sealed class DataCacheTests : IAsyncDisposable
{
    private readonly byte[] _data = RandomNumberGenerator.GetBytes(1 << 20);
    private readonly BlobServer _blobs = new();
    private readonly TemporaryFolder _folder = new();

    public DataCacheTests() => _blobs.Put("d/big.bin", _data);

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(_data));

    public async ValueTask DisposeAsync()
    {
        await _blobs.DisposeAsync();
        foreach (string file in Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        _folder.Dispose();
    }

    [Fact]
    public void Data_is_fetched_once_and_goes_on_where_an_answer_was_cut()
    {
        _blobs.Befall(BlobFault.CutAnswer, BlobFault.CutAnswer);
        LocalData first = Get(Hash);
        LocalData second = Get(Hash);

        Assert.Equal(_folder[$"{Hash}/files/big.bin"], first.Path);
        Assert.Equal(first.Path, second.Path);
        Assert.Equal(_data, File.ReadAllBytes(first.Path));
        Assert.Equal(3, _blobs.Requests.Count);
    }

    [Fact]
    public async Task Many_that_want_the_same_data_at_once_fetch_it_once()
    {
        LocalData[] all = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => Get(Hash), TestContext.Current.CancellationToken))
        );

        Assert.All(all, data => Assert.Equal(_data.Length, new FileInfo(data.Path).Length));
        Assert.Single(_blobs.Requests);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_lock_and_a_half_file_of_a_killed_process_are_cleared_away()
    {
        File.SetLastWriteTimeUtc(_folder.Write($"{Hash}.lock", ""), DateTime.UnixEpoch);
        _folder.Write($"{Hash}.old.partial/files/big.bin", "half");
        Get(Hash);

        Assert.Equal([_folder[Hash]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_cached_file_that_lost_its_end_is_fetched_again()
    {
        string path = Get(Hash).Path;
        File.SetAttributes(path, FileAttributes.Normal);
        File.WriteAllText(path, "short");

        Assert.Equal(_data, File.ReadAllBytes(Get(Hash).Path));
    }

    [Fact]
    public void Other_bytes_than_the_study_named_are_refused_and_not_kept()
    {
        string other = Convert.ToHexStringLower(SHA256.HashData("other"u8));

        Assert.Contains($"must have SHA-256 {other}", Assert.Throws<TrialException>(() => Get(other)).Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData(@"a\b")]
    public void A_manifest_with_names_that_lead_elsewhere_is_refused(string name)
    {
        _blobs.Put(
            "d/manifest.json",
            $$"""{"files":[{"name":"{{name.Replace(@"\", @"\\", StringComparison.Ordinal)}}"}]}"""
        );
        Place place = new PlaceOpener().At(_blobs.UrlOf("d/manifest.json"), "The manifest");

        Assert.Contains("must list files", Assert.Throws<TrialException>(() => DataManifest.Read(place, null)).Message);
    }

    [Fact]
    public void A_folder_in_use_where_it_lies_is_compared_with_its_manifest()
    {
        string a = Convert.ToHexStringLower(SHA256.HashData("one"u8));
        string listing = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{a}  sub/a.csv\n")));
        _folder.Write("parts/sub/a.csv", "one");
        _folder.Write("parts/manifest.json", $$"""{"files":[{"name":"sub/a.csv","sha256":"{{a}}","bytes":3}]}""");
        string trial = _folder.Write(
            "trial.json",
            $$"""{"params":{},"data":{"all":{"uri":"parts","kind":"folder","sha256":"{{listing}}"} } }"""
        );

        TrialData data = Trial.Open(trial).Data["all"];
        Assert.Equal(_folder["parts"], data.LocalPath());
        Assert.Equal([_folder["parts/sub/a.csv"]], data.LocalPaths());
        _folder.Write("parts/sub/a.csv", "two");
        Assert.Contains(
            "The file changed",
            Assert.Throws<TrialException>(Trial.Open(trial).Data["all"].LocalPath).Message
        );
    }

    private LocalData Get(string sha256) =>
        new DataCache(_folder.Path).Get(
            "Data 'train'",
            sha256,
            isFolder: false,
            () => [new("big.bin", sha256, _data.Length)],
            _ => new PlaceOpener().At(_blobs.UrlOf("d/big.bin"), "Data 'train'")
        );
}
