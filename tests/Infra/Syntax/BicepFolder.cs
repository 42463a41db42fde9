using System.Text.Json;

namespace FunctionTune.Infra.Tests.Syntax;

/// <summary>A folder of Bicep files, read.</summary>
/// <param name="Files">Its files, those of its folders included.</param>
/// <param name="Roles">The table of roles beside them: names and ids.</param>
internal sealed record BicepFolder(IReadOnlyList<BicepFile> Files, IReadOnlyDictionary<string, string> Roles)
{
    /// <summary>The name of the table of roles.</summary>
    public const string RoleTable = "roles.json";

    /// <summary>Reads a folder.</summary>
    public static async Task<BicepFolder> ReadAsync(string path, CancellationToken cancellationToken)
    {
        IReadOnlyList<BicepFile> files = await BicepReader.ReadAsync(
            Directory
                .EnumerateFiles(path, "*.bicep*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".bicep" or ".bicepparam")
                .Order(StringComparer.Ordinal),
            cancellationToken
        );
        string roles = await File.ReadAllTextAsync(Path.Join(path, RoleTable), cancellationToken);
        return new BicepFolder(
            [.. files.Select(file => file with { Path = Path.GetRelativePath(path, file.Path).Replace('\\', '/') })],
            RolesIn(roles)
        );
    }

    /// <summary>Reads a table of roles.</summary>
    public static IReadOnlyDictionary<string, string> RolesIn(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    /// <summary>A file that another one names; null when there is none.</summary>
    public BicepFile? Find(BicepFile from, string path)
    {
        string full = Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(from.Path))!);
        return Files.FirstOrDefault(file => string.Equals(Path.GetFullPath(file.Path), full, StringComparison.Ordinal));
    }
}
