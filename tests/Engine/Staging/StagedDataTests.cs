using System.Collections.Immutable;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Engine.Tests.Staging;

public sealed class StagedDataTests
{
    [Fact]
    public async Task Only_data_of_the_area_gets_the_areas_places()
    {
        ImmutableSortedDictionary<string, DataReference> data = ImmutableSortedDictionary<string, DataReference>
            .Empty.Add("file", new DataReference("abfss://c@a/p/datasets/1/x.csv", "1", 3))
            .Add(
                "folder",
                new DataReference("abfss://c@a/p/datasets/2", "2", 4)
                {
                    Manifest = "abfss://c@a/p/datasets/2/manifest.json",
                }
            )
            .Add("elsewhere", new DataReference("abfss://c@a/pq/datasets/1/x.csv"));

        ImmutableSortedDictionary<string, DataReference> told = await StagedData.ForTrialAsync(
            new SignedArea(),
            data,
            TestContext.Current.CancellationToken
        );

        Assert.Equal("https://a/datasets/1/x.csv?may=Read", told["file"].Uri);
        Assert.Equal("https://a/datasets/2?may=Read", told["folder"].Uri);
        Assert.Equal("https://a/datasets/2/manifest.json?may=Read", told["folder"].Manifest);
        Assert.Equal("https://a/datasets/2/sub/b.csv?may=Read", Assert.Single(told["folder"].Files!).Value);
        Assert.Equal(data["elsewhere"], told["elsewhere"]);
        Assert.Equal(("1", 3L), (told["file"].Sha256, told["file"].Bytes));
    }

    /// <summary>An area whose places carry a permission.</summary>
    private sealed class SignedArea : IStagingArea
    {
        public string AddressOf(string path) => path.Length == 0 ? "abfss://c@a/p" : $"abfss://c@a/p/{path}";

        public string UriOf(string path, StagingUse use) => $"https://a/{path}?may={use}";

        public Task<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<ReadOnlyMemory<byte>?> ReadAsync(
            string path,
            long from,
            int most,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult<ReadOnlyMemory<byte>?>(
                DatasetManifest.Of(DatasetKind.Folder, [new SourceFile("sub/b.csv", "/b.csv", 4, "3")]).Write()
            );

        public Task UploadAsync(
            string path,
            SourceFile file,
            IProgress<long>? sent,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
