using System.Security.Cryptography;
using FunctionTune.Staging;
using Microsoft.Extensions.FileSystemGlobbing;

namespace FunctionTune.Local;

/// <summary>What an entry of a study's <c>data</c> names on this machine: a file, a folder, or the files of a pattern.</summary>
public sealed class DataSource
{
    private static readonly char[] s_wild = ['*', '?'];

    private DataSource(DatasetKind kind, IReadOnlyList<SourceFile> files) => (Kind, Files) = (kind, files);

    /// <summary>Whether it is one file or several.</summary>
    public DatasetKind Kind { get; }

    /// <summary>Its files, at least one, in ordinal order of their names; without hashes until it is identified.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Whether an entry names something that does not lie on this machine.</summary>
    /// <param name="entry">A path or a URI.</param>
    public static bool IsElsewhere(string entry) =>
        entry.Contains("://", StringComparison.Ordinal)
        || entry.StartsWith("/Volumes/", StringComparison.Ordinal)
        || entry.StartsWith("dbfs:/", StringComparison.Ordinal);

    /// <summary>Finds what an entry names.</summary>
    /// <param name="entry">A path of a file or folder, or a pattern with <c>*</c>, <c>**</c> or <c>?</c>.</param>
    /// <param name="baseFolder">The folder from which relative paths start.</param>
    /// <returns>Its files; null when there are none.</returns>
    public static DataSource? Find(string entry, string baseFolder)
    {
        string path = Path.GetFullPath(entry, baseFolder);
        if (File.Exists(path))
        {
            return new DataSource(DatasetKind.File, [Describe(Path.GetFileName(path), path)]);
        }

        (string root, string pattern) = Directory.Exists(path) ? (path, "**/*") : Split(path);
        if (pattern.Length == 0 || !Directory.Exists(root))
        {
            return null;
        }

        SourceFile[] files =
        [
            .. new Matcher(StringComparison.Ordinal)
                .AddInclude(pattern)
                .GetResultsInFullPath(root)
                .Select(file => Describe(Path.GetRelativePath(root, file).Replace('\\', '/'), file))
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
        return files.Length > 0 ? new DataSource(DatasetKind.Folder, files) : null;
    }

    /// <summary>The same with the SHA-256 of each file.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<DataSource> IdentifyAsync(CancellationToken cancellationToken)
    {
        var known = new List<SourceFile>(Files.Count);
        foreach (SourceFile file in Files)
        {
            FileStream content = File.OpenRead(file.Path);
            await using (content.ConfigureAwait(false))
            {
                byte[] hash = await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
                known.Add(file with { Sha256 = Convert.ToHexStringLower(hash), Bytes = content.Length });
            }
        }

        return new DataSource(Kind, known);
    }

    private static SourceFile Describe(string name, string path) => new(name, path, new FileInfo(path).Length, "");

    /// <summary>The folder before the first wildcard, and the pattern from there on; no pattern without a wildcard.</summary>
    private static (string Root, string Pattern) Split(string path)
    {
        int wild = path.IndexOfAny(s_wild);
        if (wild < 0)
        {
            return (path, "");
        }

        int cut = path.AsSpan(0, wild).LastIndexOfAny('/', '\\');
        return (path[..Math.Max(cut, 1)], path[(cut + 1)..]);
    }
}
