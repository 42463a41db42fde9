using System.Collections.Immutable;
using System.Security.Cryptography;
using FunctionTune.Staging;

namespace FunctionTune.Local.Stores;

/// <summary>A staging area in a folder: of this machine, or one that is mounted on every machine that runs trials.</summary>
/// <param name="folder">The folder; made when first written to.</param>
/// <param name="mount">Where trials find the folder; at the same place when null.</param>
public sealed class FolderStagingArea(string folder, string? mount = null) : IStagingArea, IStagingNames
{
    private const int BlockSize = 1 << 20;
    private const string DraftEnding = ".draft";

    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public string AddressOf(string path) => Join(mount ?? _folder, path);

    /// <inheritdoc/>
    public string UriOf(string path, StagingUse use) => AddressOf(path);

    /// <inheritdoc/>
    public async Task<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string place = Place(path);
        try
        {
            string draft = await DraftAsync(place, content, cancellationToken).ConfigureAwait(false);
            return NewFile.Publish(draft, place);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of("A file could not be staged", place, fault);
        }
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(
        string path,
        long from,
        int most,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        string place = Place(path);
        try
        {
            var file = new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using (file.ConfigureAwait(false))
            {
                file.Position = Math.Min(from, file.Length);
                byte[] content = new byte[Math.Min(file.Length - file.Position, most)];
                int read = await file.ReadAtLeastAsync(content, content.Length, false, cancellationToken)
                    .ConfigureAwait(false);
                return content.AsMemory(0, read);
            }
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of("A staged file could not be read", place, fault);
        }
    }

    /// <inheritdoc/>
    public async Task UploadAsync(
        string path,
        SourceFile file,
        IProgress<long>? sent,
        CancellationToken cancellationToken
    )
    {
        string place = Place(path);
        if (File.Exists(place))
        {
            sent?.Report(file.Bytes);
            return;
        }

        string draft = DraftOf(place);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            string hash = await CopyAsync(file.Path, draft, sent, cancellationToken).ConfigureAwait(false);
            if (!string.Equals(hash, file.Sha256, StringComparison.Ordinal))
            {
                throw new FunctionTuneException(
                    $"{file.Path} changed while it was staged: its SHA-256 was {file.Sha256} and is {hash}.",
                    "Run it again when nothing writes to the file any more."
                );
            }

            NewFile.Publish(draft, place);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of($"{file.Path} could not be staged", place, fault);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListAsync(string folder, string start, CancellationToken cancellationToken)
    {
        var place = new DirectoryInfo(Place(folder));
        return Task.Run(() => List(place, start), cancellationToken);
    }

    private static ImmutableArray<string> List(DirectoryInfo folder, string start)
    {
        try
        {
            return folder.Exists
                ?
                [
                    .. folder
                        .EnumerateFileSystemInfos()
                        .Select(entry => entry.Name)
                        .Where(name => name.StartsWith(start, StringComparison.Ordinal) && !IsDraft(name))
                        .Order(StringComparer.Ordinal),
                ]
                : [];
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.Of("A folder could not be listed", folder.FullName, fault);
        }
    }

    private static async Task<string> CopyAsync(
        string from,
        string to,
        IProgress<long>? sent,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        FileStream source = File.OpenRead(from);
        await using (source.ConfigureAwait(false))
        {
            FileStream copy = File.Create(to);
            await using (copy.ConfigureAwait(false))
            {
                byte[] block = new byte[BlockSize];
                for (int read; (read = await source.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0; )
                {
                    hash.AppendData(block, 0, read);
                    await copy.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    sent?.Report(copy.Position);
                }
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<string> DraftAsync(
        string place,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        string draft = DraftOf(place);
        try
        {
            await File.WriteAllBytesAsync(draft, content, cancellationToken).ConfigureAwait(false);
            return draft;
        }
        catch
        {
            // On a full disk above all, half a draft is in the way.
            File.Delete(draft);
            throw;
        }
    }

    private static string DraftOf(string place) => $"{place}.{Guid.NewGuid():N}{DraftEnding}";

    // A file that is being written is not there yet.
    private static bool IsDraft(string name) => name.EndsWith(DraftEnding, StringComparison.Ordinal);

    private string Place(string path) =>
        path.Split('/').Any(part => part is "" or "." or "..")
            ? throw new ArgumentException(
                $"A path in a staging area has no empty part and no dots: '{path}'.",
                nameof(path)
            )
            : Join(_folder, path);

    private static string Join(string root, string path) => path.Length == 0 ? root : $"{root.TrimEnd('/')}/{path}";
}
