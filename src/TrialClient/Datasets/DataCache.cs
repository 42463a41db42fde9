using FunctionTune.TrialClient.Places;

namespace FunctionTune.TrialClient.Datasets;

/// <summary>
/// Data of other machines, fetched once for all trials on this one: a folder for each SHA-256 with <c>manifest.json</c> and
/// <c>files/</c>, which appears by one rename when everything in it is verified. It may be deleted whenever no trial runs.
/// </summary>
/// <param name="folder">The folder of the cache.</param>
internal sealed class DataCache(string folder)
{
    private const string Unfinished = ".partial";

    /// <summary>The cache of this machine: the folder that FUNCTIONTUNE_CACHE names, or one of this user's.</summary>
    public static DataCache OfThisMachine()
    {
        string? chosen = Environment.GetEnvironmentVariable("FUNCTIONTUNE_CACHE");
        if (!string.IsNullOrEmpty(chosen))
        {
            return new(Directory.CreateDirectory(chosen).FullName);
        }

        string path = Path.Combine(Path.GetTempPath(), "functiontune-cache-" + Environment.UserName);
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if ((File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != UnixFileMode.None)
            {
                throw new TrialException(
                    $"The cache {path} must be this user's own, but others may write to it. Set FUNCTIONTUNE_CACHE to another folder."
                );
            }
        }
#endif
        return new(Directory.CreateDirectory(path).FullName);
    }

    /// <summary>The data on this machine, fetched first if it is not there.</summary>
    /// <param name="what">What it is, as messages begin.</param>
    /// <param name="sha256">Its SHA-256.</param>
    /// <param name="isFolder">Whether it is a folder, whose files keep their names.</param>
    /// <param name="list">Lists its files, when they must be fetched.</param>
    /// <param name="source">Where a file lies.</param>
    /// <exception cref="TrialException">It cannot be fetched, or is something else.</exception>
    public LocalData Get(
        string what,
        string sha256,
        bool isFolder,
        Func<IReadOnlyList<DataFile>> list,
        Func<DataFile, Place> source
    )
    {
        string entry = Path.Combine(folder, sha256);
        LocalData? found = Find(entry, isFolder);
        using (CacheLock? held = CacheLock.Acquire(entry + ".lock", () => (found ??= Find(entry, isFolder)) is null))
        {
            if (held is not null)
            {
                Fill(what, entry, list(), source);
            }
        }

        return found
            ?? Find(entry, isFolder)
            ?? throw new TrialException(
                $"{what} must stay in the cache at {entry}, but did not. Let FUNCTIONTUNE_CACHE name another."
            );
    }

    /// <summary>The entry, when it is there and each file is as long as it was.</summary>
    private static LocalData? Find(string entry, bool isFolder)
    {
        var manifest = new FilePlace(Path.Combine(entry, "manifest.json"), isNear: true);
        if (DataManifest.Read(manifest, sha256: null) is not { } files)
        {
            return null;
        }

        string below = Path.Combine(entry, "files");
        string[] paths = [.. files.Select(file => file.Below(below))];
        bool isWhole = files
            .Zip(paths, (file, path) => new FileInfo(path) is { Exists: true } info && info.Length == file.Bytes)
            .All(whole => whole);
        return isWhole ? new(isFolder ? below : paths[0], paths) : null;
    }

    private void Fill(string what, string entry, IReadOnlyList<DataFile> files, Func<DataFile, Place> source)
    {
        foreach (string left in Directory.GetDirectories(folder, Path.GetFileName(entry) + ".*" + Unfinished))
        {
            // Of a process that was killed.
            Directory.Delete(left, recursive: true);
        }

        string unfinished = entry + "." + Guid.NewGuid().ToString("N") + Unfinished;
        try
        {
            DataFile[] fetched =
            [
                .. files.Select(file => Fetch(what, Path.Combine(unfinished, "files"), file, source)),
            ];
            File.WriteAllText(Path.Combine(unfinished, "manifest.json"), DataManifest.Write(fetched));
            if (Directory.Exists(entry))
            {
                // Broken, or it would have been found.
                Directory.Delete(entry, recursive: true);
            }

            Directory.Move(unfinished, entry);
        }
        catch (IOException) when (Directory.Exists(entry))
        {
            // Another process was faster: its files are the same.
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    private static DataFile Fetch(string what, string below, DataFile file, Func<DataFile, Place> source)
    {
        string path = file.Below(below);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Place place = source(file);
        place.Fetch(path, file.Bytes);
        FileHash.Verify(what, path, file, place.Shown);
        File.SetAttributes(path, File.GetAttributes(path) | FileAttributes.ReadOnly);
        return new(file.Name, file.Sha256, new FileInfo(path).Length);
    }
}
