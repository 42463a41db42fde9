using System.Security.Cryptography;
using FunctionTune.Hosting;
using FunctionTune.Json;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service.Rules;

/// <summary>
/// The data of a host that several share: it lies where trials find it, or in the folder <c>data</c> of the host's container,
/// where it is read once for its size and SHA-256.
/// </summary>
/// <param name="container">The host's container.</param>
public sealed class AreaDataStaging(IStagingArea container) : IDataStaging
{
    /// <summary>The folder of the container below which a study may name files.</summary>
    public const string Folder = "data";

    private const int BlockSize = 8 << 20;
    private const int LongestPath = 512;

    /// <summary>Whether an entry names something that lies elsewhere than at its host: a URI, or a path of a cluster.</summary>
    /// <param name="entry">What a study says.</param>
    public static bool IsElsewhere(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (
                entry.Contains("://", StringComparison.Ordinal)
                && !entry.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            )
            || entry.StartsWith("/Volumes/", StringComparison.Ordinal)
            || entry.StartsWith("dbfs:/", StringComparison.Ordinal);
    }

    /// <summary>Whether an entry is a plain path below the folder: without dots, wildcards, escapes or a beginning of its own.</summary>
    /// <param name="entry">What a study says.</param>
    public static bool IsInside(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Length <= LongestPath
            && entry.Split('/').All(part => part is not ("" or "." or ".."))
            && !entry.Any(c => char.IsControl(c) || c is '\\' or '%' or '*' or '?' or ':' or '#');
    }

    /// <inheritdoc/>
    public async Task<StudySpec> StageAsync(
        StudySpec spec,
        IStagingArea area,
        bool sharesFiles,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new List<Problem>();
        var data = spec.Data.ToBuilder();
        foreach ((string name, DataReference said) in spec.Data.Where(entry => !IsElsewhere(entry.Value.Uri)))
        {
            DataReference? found = IsInside(said.Uri)
                ? await FindAsync(said, cancellationToken).ConfigureAwait(false)
                : null;
            if (found is null || !Agrees(said, found))
            {
                problems.Add(Refused(name, said, found));
                continue;
            }

            data[name] = found;
        }

        return problems.Count == 0
            ? spec with
            {
                Data = data.ToImmutable(),
            }
            : throw new InvalidInputException([.. problems]);
    }

    private static bool Agrees(DataReference said, DataReference found) =>
        (said.Bytes is null || said.Bytes == found.Bytes)
        && (said.Sha256 is null || string.Equals(said.Sha256, found.Sha256, StringComparison.Ordinal));

    private static Problem Refused(string name, DataReference said, DataReference? found) =>
        found is null
            ? new Problem(
                JsonPath.Key("$.data", name),
                $"data is a file below {Folder}/ in the host's container",
                $"'{said.Uri}', and there is no such file",
                "Upload it first, or give a URI."
            )
            : new Problem(
                JsonPath.Key("$.data", name),
                "data holds the bytes that the study file says",
                $"{found.Bytes} bytes with SHA-256 {found.Sha256}",
                "Get the right file, or correct the study file."
            );

    private async Task<DataReference?> FindAsync(DataReference said, CancellationToken cancellationToken)
    {
        string path = $"{Folder}/{said.Uri}";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        while (true)
        {
            ReadOnlyMemory<byte>? block = await container
                .ReadAsync(path, length, BlockSize, cancellationToken)
                .ConfigureAwait(false);
            if (block is not { } bytes)
            {
                return null;
            }

            hash.AppendData(bytes.Span);
            length += bytes.Length;
            if (bytes.Length < BlockSize)
            {
                string sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
                return new DataReference(container.AddressOf(path), sha256, length) { Source = said.Uri };
            }
        }
    }
}
