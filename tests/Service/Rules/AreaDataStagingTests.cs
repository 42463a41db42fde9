using System.Collections.Immutable;
using System.Security.Cryptography;
using FunctionTune.Local.Stores;
using FunctionTune.Service.Rules;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Service.Tests.Rules;

public sealed class AreaDataStagingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_the_container_is_named_with_its_size_and_hash()
    {
        byte[] content = [.. Enumerable.Range(0, 9 << 20).Select(i => (byte)(i * 31))];
        _folder.Write("data/sub/train.bin", "");
        await File.WriteAllBytesAsync(_folder["data/sub/train.bin"], content, TestContext.Current.CancellationToken);

        StudySpec staged = await StageAsync(("train", "sub/train.bin"), ("far", "https://example.org/x.csv"));

        DataReference train = staged.Data["train"];
        Assert.Equal(_folder["data/sub/train.bin"], train.Uri);
        Assert.Equal(content.Length, train.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), train.Sha256);
        Assert.Equal(new DataReference("https://example.org/x.csv"), staged.Data["far"]);
    }

    [Theory]
    [InlineData("none.csv")]
    [InlineData("../outside.csv")]
    [InlineData("/outside.csv")]
    [InlineData("file:///outside.csv")]
    public async Task What_is_not_below_the_folder_is_refused(string path)
    {
        _folder.Write("outside.csv", "secret");

        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => StageAsync(("d", path)));

        Assert.Equal("$.data.d", Assert.Single(refused.Problems).Path);
    }

    [Fact]
    public async Task Other_bytes_than_the_study_says_are_refused()
    {
        _folder.Write("data/d.csv", "abc");
        var said = new DataReference("d.csv", new string('0', 64));

        await Assert.ThrowsAsync<InvalidInputException>(() => StageAsync(said));
    }

    private Task<StudySpec> StageAsync(params (string Name, string Uri)[] data) =>
        StageAsync(
            data.ToImmutableSortedDictionary(d => d.Name, d => new DataReference(d.Uri), StringComparer.Ordinal)
        );

    private Task<StudySpec> StageAsync(DataReference said) =>
        StageAsync(ImmutableSortedDictionary<string, DataReference>.Empty.Add("d", said));

    private Task<StudySpec> StageAsync(ImmutableSortedDictionary<string, DataReference> data)
    {
        var area = new FolderStagingArea(_folder.Path);
        StudySpec spec = StudySpecs.Of(new StudyLimits { MaxEvals = 1 }) with { Data = data };
        return new AreaDataStaging(area).StageAsync(
            spec,
            area,
            sharesFiles: false,
            TestContext.Current.CancellationToken
        );
    }
}
