using System.Collections.Immutable;
using FunctionTune.LivyEmulator.Wire;

namespace FunctionTune.LivyEmulator.Batches;

/// <summary>The files that requests name. The default file system of this server is that of this machine.</summary>
/// <param name="allowed">Folders whose files may be run.</param>
internal sealed class LocalFiles(ImmutableArray<string> allowed)
{
    /// <summary>Refuses a request that names what Livy would not take.</summary>
    public void Check(CreateRequest request)
    {
        foreach (string file in request.AllFiles)
        {
            if (!file.Contains(':', StringComparison.Ordinal) && !file.StartsWith('/'))
            {
                throw LivyException.Rejected($"requirement failed: Path '{file}' is not absolute.");
            }

            string full = PathOf(file) is { } path ? Path.GetFullPath(path) : "/";
            if (!allowed.Any(folder => IsIn(full, folder)))
            {
                throw LivyException.Rejected(
                    $"requirement failed: Local path {full} cannot be added to user sessions."
                );
            }
        }
    }

    /// <summary>The first file of a request that is not there; null when all are.</summary>
    public static string? Missing(CreateRequest request) =>
        request.AllFiles.FirstOrDefault(file => !File.Exists(PathOf(file)));

    /// <summary>The path of a file of this machine; null for one that lies elsewhere.</summary>
    public static string? PathOf(string file) =>
        file.StartsWith('/') ? file
        : Uri.TryCreate(file, UriKind.Absolute, out Uri? uri) && uri.Scheme is "file" or "local" ? uri.AbsolutePath
        : null;

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
