namespace FunctionTune.Conventions.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    private static readonly string[] s_made = ["bin", "obj", ".artifacts", ".functiontune", "node_modules"];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Paths from <see cref="Root"/>, with slashes, of the files under a folder that people wrote.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] endings)
    {
        string start = Path.Combine(Root, folder);
        return Directory.Exists(start)
            ?
            [
                .. Directory
                    .EnumerateFiles(start, "*", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
                    .Where(path => endings.Length == 0 || endings.Any(e => path.EndsWith(e, StringComparison.Ordinal)))
                    .Where(path => !path.Split('/').Any(part => s_made.Contains(part, StringComparer.Ordinal)))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
    }

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "FunctionTune.sln"))
            ? folder
            : Find(
                Path.GetDirectoryName(folder)
                    ?? throw new InvalidOperationException("FunctionTune.sln is in no folder above the tests.")
            );
}
