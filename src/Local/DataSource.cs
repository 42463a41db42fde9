using System.Security.Cryptography;
using FunctionTune.Json;
using FunctionTune.Local.Stores;
using FunctionTune.Staging;
using Microsoft.Extensions.FileSystemGlobbing;

namespace FunctionTune.Local;

/// <summary>What an entry of a study's <c>data</c> names on this machine: a file, a folder, or the files of a pattern.</summary>
public sealed class DataSource
{
    private static readonly char[] s_wild = ['*', '?'];

    private readonly string _place;

    private DataSource(string place, DatasetKind kind, IReadOnlyList<SourceFile> files) =>
        (_place, Kind, Files) = (place, kind, files);

    /// <summary>Whether it is one file or several.</summary>
    public DatasetKind Kind { get; }

    /// <summary>Its files, at least one, in ordinal order of their names; without sizes and hashes until it is identified.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Whether an entry names something that does not lie on this machine.</summary>
    /// <param name="entry">A path or a URI.</param>
    public static bool IsElsewhere(string entry) =>
        entry.Contains("://", StringComparison.Ordinal)
        || entry.StartsWith("/Volumes/", StringComparison.Ordinal)
        || entry.StartsWith("dbfs:/", StringComparison.Ordinal);

    /// <summary>Finds what an entry names.</summary>
    /// <param name="name">The entry's name in <c>data</c>.</param>
    /// <param name="entry">A path of a file or folder, or a pattern with <c>*</c>, <c>**</c> or <c>?</c>.</param>
    /// <param name="baseFolder">The folder from which relative paths start.</param>
    /// <param name="problems">Told why there is nothing.</param>
    /// <returns>Its files; null when there are none.</returns>
    public static DataSource? Find(string name, string entry, string baseFolder, ICollection<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        string place = JsonPath.Key("$.data", name);
        string path = Path.GetFullPath(entry, baseFolder);
        if (File.Exists(path))
        {
            return new DataSource(place, DatasetKind.File, [new SourceFile(Path.GetFileName(path), path, 0, "")]);
        }

        bool isFolder = Directory.Exists(path);
        try
        {
            SourceFile[] files = isFolder ? Below(path, "**/*") : Matching(path);
            if (files.Length > 0)
            {
                return new DataSource(place, DatasetKind.Folder, files);
            }
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            problems.Add(Unreadable(place, path, fault));
            return null;
        }

        problems.Add(
            isFolder
                ? new Problem(place, "a folder of data has files in it", $"{path}, which is empty")
                : new Problem(
                    place,
                    "data is a file, a folder or a pattern of files that exist",
                    path,
                    "Paths start from the study file's folder."
                )
        );
        return null;
    }

    /// <summary>The same with the size and the SHA-256 of each file.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidInputException">A file cannot be read, such as a link that leads nowhere.</exception>
    public async Task<DataSource> IdentifyAsync(CancellationToken cancellationToken)
    {
        var known = new List<SourceFile>(Files.Count);
        foreach (SourceFile file in Files)
        {
            try
            {
                known.Add(await IdentifyAsync(file, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception fault) when (FileFault.IsOne(fault))
            {
                throw new InvalidInputException([Unreadable(_place, file.Path, fault)]);
            }
        }

        return new DataSource(_place, Kind, known);
    }

    private static async Task<SourceFile> IdentifyAsync(SourceFile file, CancellationToken cancellationToken)
    {
        FileStream content = File.OpenRead(file.Path);
        await using (content.ConfigureAwait(false))
        {
            byte[] hash = await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
            return file with { Sha256 = Convert.ToHexStringLower(hash), Bytes = content.Length };
        }
    }

    private static Problem Unreadable(string place, string path, Exception fault) =>
        new(place, "data can be read", path, fault.Message);

    private static SourceFile[] Matching(string path)
    {
        (string root, string pattern) = Split(path);
        return pattern.Length > 0 && Directory.Exists(root) ? Below(root, pattern) : [];
    }

    private static SourceFile[] Below(string root, string pattern) =>
        [
            .. new Matcher(StringComparison.Ordinal)
                .AddInclude(pattern)
                .GetResultsInFullPath(root)
                .Select(file => new SourceFile(Path.GetRelativePath(root, file).Replace('\\', '/'), file, 0, ""))
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];

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
