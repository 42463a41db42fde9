using System.Text.Json;

namespace FunctionTune.Infra.Tests.Syntax;

/// <summary>A folder of Bicep files, read.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Files">Its files, those of its folders included.</param>
internal sealed record BicepFolder(string Path, IReadOnlyList<BicepFile> Files)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { MaxDepth = 512 };

    /// <summary>Reads a folder.</summary>
    public static async Task<BicepFolder> ReadAsync(string path, CancellationToken cancellationToken)
    {
        IEnumerable<string> files = Directory
            .EnumerateFiles(path, "*.bicep*", SearchOption.AllDirectories)
            .Where(file => System.IO.Path.GetExtension(file) is ".bicep" or ".bicepparam")
            .Order(StringComparer.Ordinal);
        string reader = Repository.PathOf("tests", "Infra", "Syntax", "bicep-tree.mjs");
        Ended ended = await Programs.RunAsync("node", [reader, .. files], cancellationToken);
        Assert.True(ended.ExitCode == 0, ended.Errors);
        BicepFile[] read = JsonSerializer.Deserialize<BicepFile[]>(ended.Output, s_json)!;
        return new BicepFolder(
            path,
            [
                .. read.Select(file =>
                    file with
                    {
                        Path = System.IO.Path.GetRelativePath(path, file.Path).Replace('\\', '/'),
                    }
                ),
            ]
        );
    }

    /// <summary>A file that another one names; null when there is none.</summary>
    public BicepFile? Find(BicepFile from, string path)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.Join(Path, from.Path))!;
        string full = System.IO.Path.GetFullPath(path, folder);
        return Files.FirstOrDefault(file =>
            string.Equals(System.IO.Path.GetFullPath(file.Path, Path), full, StringComparison.Ordinal)
        );
    }
}
