namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>Where the files of the workspace lie on this machine.</summary>
/// <param name="volumes">The folder that stands for <c>/Volumes</c>.</param>
/// <param name="workspace">The folder that stands for <c>/Workspace</c>.</param>
/// <param name="dbfs">The folder that stands for <c>dbfs:/</c>.</param>
internal sealed class PathMap(string volumes, string workspace, string dbfs)
{
    private static readonly string[] s_workspaceRoots = ["/Users/", "/Shared/", "/Repos/"];

    public string Volumes => volumes;

    /// <summary>The local path of a file that a task names; null for one that cannot be reached from here.</summary>
    public string? Find(string path)
    {
        if (After(path, "dbfs:") is { } onDbfs)
        {
            return After(onDbfs, "/Volumes/") is { } file ? Join(volumes, file) : Join(dbfs, onDbfs);
        }

        string local = After(path, "file://") ?? After(path, "file:") ?? path;
        return After(local, "/Volumes/") is { } inVolume ? Join(volumes, inVolume)
            : After(local, "/Workspace/") is { } inWorkspace ? Join(workspace, inWorkspace)
            : After(local, "/dbfs/") is { } mounted ? Join(dbfs, mounted)
            : Array.Exists(s_workspaceRoots, root => After(local, root) is not null) ? Join(workspace, local)
            : Path.IsPathFullyQualified(local) ? local
            : null;
    }

    /// <summary>The local path of a file that is there; else null.</summary>
    public string? FindFile(string path) => Find(path) is { } found && File.Exists(found) ? found : null;

    private static string Join(string folder, string path) => Path.GetFullPath(Path.Join(folder, path));

    private static string? After(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;
}
