using System.Collections.Immutable;
using FunctionTune.Local.Stores;
using FunctionTune.Staging;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Local.Tests;

public sealed class LocalDataTests : IDisposable
{
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly string _folder = Directory.CreateTempSubdirectory("functiontune-").FullName;

    public LocalDataTests() => File.WriteAllText(Path.Combine(_folder, "abc.txt"), "abc");

    [Theory]
    [InlineData(null, null)]
    [InlineData(HashOfAbc, null)]
    [InlineData(null, 3L)]
    [InlineData(HashOfAbc, 3L)]
    public async Task A_file_is_noted_with_what_it_holds(string? sha256, long? bytes)
    {
        StudySpec spec = await IdentifyAsync(new DataReference("abc.txt", sha256, bytes));

        Assert.Equal(new DataReference(Path.Combine(_folder, "abc.txt"), HashOfAbc, 3), spec.Data["train"]);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", null)]
    [InlineData(HashOfAbc, 4L)]
    public async Task A_file_that_holds_something_else_than_the_study_says_is_refused(string sha256, long? bytes)
    {
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            IdentifyAsync(new DataReference("abc.txt", sha256, bytes))
        );

        Problem problem = Assert.Single(refusal.Problems);
        Assert.Equal("$.data.train", problem.Path);
        Assert.Contains(HashOfAbc, problem.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_elsewhere_is_left_to_the_trial()
    {
        var reference = new DataReference("https://example.org/train.csv", HashOfAbc);
        StudySpec spec = await IdentifyAsync(reference);

        await LocalData.VerifyAsync(spec, Cancel);

        Assert.Equal(reference, spec.Data["train"]);
    }

    [Fact]
    public async Task A_folder_and_a_pattern_are_staged_with_the_names_of_their_files()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "parts", "deeper"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "parts", "b.csv"), "b", Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, "parts", "deeper", "a.csv"), "a", Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, "parts", "notes.txt"), "n", Cancel);

        DataReference folder = (await IdentifyAsync(new DataReference("parts"))).Data["train"];
        DataReference pattern = (await IdentifyAsync(new DataReference("parts/**/*.csv"))).Data["train"];

        Assert.Equal((3L, "parts"), (folder.Bytes!.Value, folder.Source));
        Assert.Equal("a", await File.ReadAllTextAsync(Path.Combine(folder.Uri, "deeper", "a.csv"), Cancel));
        Assert.False(File.Exists(Path.Combine(pattern.Uri, "notes.txt")));
        var manifest = DatasetManifest.Read(await File.ReadAllBytesAsync(pattern.Manifest!, Cancel));
        Assert.Equal(["b.csv", "deeper/a.csv"], manifest.Files.Select(file => file.Name));
        Assert.EndsWith(manifest.Sha256, pattern.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changed_since_the_study_began_is_noticed()
    {
        StudySpec spec = await IdentifyAsync(new DataReference("abc.txt"));
        await LocalData.VerifyAsync(spec, Cancel);
        await File.WriteAllTextAsync(spec.Data["train"].Uri, "abd", Cancel);

        var refusal = await Assert.ThrowsAsync<FunctionTuneException>(() => LocalData.VerifyAsync(spec, Cancel));
        Assert.Contains("has changed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_is_not_there_or_cannot_be_read_is_told_by_its_name_all_at_once()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        Directory.CreateDirectory(Path.Combine(_folder, "parts"));
        File.CreateSymbolicLink(Path.Combine(_folder, "link.csv"), Path.Combine(_folder, "nowhere.csv"));
        File.CreateSymbolicLink(Path.Combine(_folder, "parts", "link.csv"), Path.Combine(_folder, "nowhere.csv"));
        (string Name, string Entry)[] data =
        [
            ("abc", "abc.txt"),
            ("empty", "empty"),
            ("gone", "gone.csv"),
            ("link", "link.csv"),
            ("none", "*.parquet"),
            ("parts", "parts"),
        ];

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            IdentifyAsync([.. data.Select(d => (d.Name, new DataReference(d.Entry)))])
        );

        Assert.Equal(
            [
                "$.data.empty: a folder of data has files in it",
                "$.data.gone: data is a file, a folder or a pattern of files that exist",
                "$.data.link: data can be read",
                "$.data.none: data is a file, a folder or a pattern of files that exist",
                "$.data.parts: data can be read",
            ],
            refusal.Problems.Select(problem => $"{problem.Path}: {problem.Rule}")
        );
        Assert.All(refusal.Problems, problem => Assert.StartsWith(_folder, problem.Value, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<StudySpec> IdentifyAsync(DataReference reference) => IdentifyAsync([("train", reference)]);

    private Task<StudySpec> IdentifyAsync((string Name, DataReference Reference)[] data) =>
        new LocalData(progress: null).StageAsync(
            StudySpecs.Of(new StudyLimits { MaxEvals = 1 }) with
            {
                Data = data.ToImmutableSortedDictionary(d => d.Name, d => d.Reference, StringComparer.Ordinal),
                BaseFolder = _folder,
            },
            new FolderStagingArea(Path.Combine(_folder, "store")),
            sharesFiles: true,
            Cancel
        );
}
