using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Staging;

/// <summary>
/// What a dataset holds. Written last, so a dataset with a manifest is whole.
/// </summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="Sha256">
/// Of a file, the SHA-256 of its bytes. Of a folder, that of its listing: for each file, in ordinal order of their names, the
/// file's SHA-256, two spaces, its name and a line feed, UTF-8.
/// </param>
/// <param name="Bytes">The sum of the sizes.</param>
/// <param name="Files">The files, in ordinal order of their names; at least one.</param>
public sealed record DatasetManifest(DatasetKind Kind, string Sha256, long Bytes, ImmutableArray<DatasetFile> Files)
{
    /// <summary>The manifest of files that are to be staged.</summary>
    /// <param name="kind">What they make up.</param>
    /// <param name="files">The files, in any order; exactly one when they make up a file, at least one otherwise.</param>
    public static DatasetManifest Of(DatasetKind kind, IEnumerable<SourceFile> files)
    {
        ImmutableArray<DatasetFile> sorted =
        [
            .. files
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => new DatasetFile(file.Name, file.Sha256, file.Bytes)),
        ];
        if (sorted.IsEmpty || (kind == DatasetKind.File && sorted.Length > 1))
        {
            throw new ArgumentException($"A {kind} is not made of {sorted.Length} files.", nameof(files));
        }

        string sha256 = kind == DatasetKind.File ? sorted[0].Sha256 : HashOf(sorted);
        return new DatasetManifest(kind, sha256, sorted.Sum(file => file.Bytes), sorted);
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static DatasetManifest Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<DatasetManifest>(json, StudyJson.Options)
            is { Files: { IsDefaultOrEmpty: false } } manifest
            ? manifest
            : throw new JsonException("A manifest lists at least one file.");

    /// <summary>Writes the manifest; the same for the same files.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, StudyJson.Options);

    private static string HashOf(ImmutableArray<DatasetFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (DatasetFile file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Sha256}  {file.Name}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
