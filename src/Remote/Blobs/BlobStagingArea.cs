using System.Collections.Immutable;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using FunctionTune.Remote.Blobs.Staging;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Blobs;

/// <summary>
/// A staging area in blob storage. Files appear whole or not at all; a large one is sent in blocks, several at once, and an upload
/// that was interrupted sends only what is missing.
/// </summary>
/// <remarks>
/// Trials find files where the area is mounted for them (a volume), else by <c>abfss</c> address and their own identity, else, when
/// asked for or when the account is an emulator's, by URLs with a signature for one file: to read it, to create it, or to append to
/// it. Signatures last two days unless said otherwise.
/// </remarks>
public sealed class BlobStagingArea : IStagingArea, IStagingNames
{
    /// <summary>How long a signature lasts unless said otherwise.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromDays(2);

    // What the service says of a write that is to create, when there is a blob already.
    private static readonly string[] s_isThere = ["BlobAlreadyExists", "ConditionNotMet", "UnauthorizedBlobOverwrite"];

    private readonly BlobFolder _folder;
    private readonly string? _mount;
    private readonly SasSigner? _signer;

    /// <summary>An area.</summary>
    /// <param name="folder">Where it is; its container must exist.</param>
    /// <param name="mount">Where trials find it mounted; null when they do not.</param>
    /// <param name="access">How trials are let in.</param>
    /// <param name="life">How long a signature lasts; null for <see cref="UsualLife"/>. Range: above 0, up to 7 days.</param>
    /// <param name="clock">What time it is; null for the system's.</param>
    public BlobStagingArea(
        BlobFolder folder,
        string? mount = null,
        StagingAccess access = StagingAccess.Identity,
        TimeSpan? life = null,
        TimeProvider? clock = null
    )
    {
        TimeSpan lasting = life ?? UsualLife;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lasting, TimeSpan.Zero, nameof(life));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lasting, SasSigner.MaxLife, nameof(life));
        _folder = folder;
        _mount = mount?.TrimEnd('/');
        _signer =
            access == StagingAccess.Sas || (mount is null && folder.Place.IsEmulator)
                ? new SasSigner(folder, lasting, clock ?? TimeProvider.System)
                : null;
    }

    /// <summary>The area that a study file describes.</summary>
    /// <param name="spec">Its URI is a place in blob storage (<see cref="BlobPlace.IsOne"/>).</param>
    /// <exception cref="InvalidInputException">The URI is no such place.</exception>
    public static BlobStagingArea Open(StagingSpec spec) =>
        new(BlobFolder.Open(BlobPlace.Parse(spec.Uri, "$.staging")), spec.Mount, spec.Access);

    /// <inheritdoc/>
    public string AddressOf(string path) => _folder.Place.AddressOf(path);

    /// <inheritdoc/>
    /// <exception cref="FunctionTuneException">A signature was to be given, and this process may not sign.</exception>
    public string UriOf(string path, StagingUse use) =>
        _signer is not null ? _signer.Sign(BlobPaths.Checked(path, _folder.Place), Permissions(use))
        : _mount is not null ? $"{_mount}/{path}"
        : AddressOf(path);

    /// <inheritdoc/>
    /// <exception cref="FunctionTuneException">Blob storage cannot be reached, or refuses.</exception>
    public Task<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        SpeakAsync(path, "created", () => PutAsync(path, content, cancellationToken));

    /// <inheritdoc/>
    /// <exception cref="FunctionTuneException">Blob storage cannot be reached, or refuses.</exception>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(string path, long from, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        return SpeakAsync(path, "read", () => GetAsync(path, new HttpRange(from, most), cancellationToken));
    }

    /// <inheritdoc/>
    /// <exception cref="FunctionTuneException">
    /// The file no longer holds the bytes of its SHA-256, so nothing is there; another file is there; or blob storage cannot be reached, or
    /// refuses.
    /// </exception>
    public Task UploadAsync(string path, SourceFile file, IProgress<long>? sent, CancellationToken cancellationToken) =>
        SpeakAsync(
            path,
            "uploaded",
            async () =>
            {
                if (!await IsThereAsync(path, file, cancellationToken).ConfigureAwait(false))
                {
                    await SendAsync(path, file, sent, cancellationToken).ConfigureAwait(false);
                }

                sent?.Report(file.Bytes);
                return true;
            }
        );

    /// <inheritdoc/>
    /// <exception cref="FunctionTuneException">Blob storage cannot be reached, or refuses.</exception>
    public Task<ImmutableArray<string>> ListAsync(string folder, string start, CancellationToken cancellationToken)
    {
        string names = NameOf(folder) + "/";
        return SpeakAsync(folder, "listed", () => FindAsync(names, start, cancellationToken));
    }

    private async Task<ImmutableArray<string>> FindAsync(
        string folder,
        string start,
        CancellationToken cancellationToken
    )
    {
        var names = new List<string>();
        IAsyncEnumerable<BlobHierarchyItem> items = _folder.Container.GetBlobsByHierarchyAsync(
            delimiter: "/",
            prefix: folder + start,
            cancellationToken: cancellationToken
        );
        await foreach (BlobHierarchyItem item in items.ConfigureAwait(false))
        {
            names.Add(item.IsPrefix ? item.Prefix[folder.Length..^1] : item.Blob.Name[folder.Length..]);
        }

        // An account with real folders may tell one of them as a blob and as the start of others.
        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private async Task<bool> PutAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        using TryWatch.Scope tries = TryWatch.Begin();
        try
        {
            await Blob(path).UploadAsync(new BinaryData(content), options, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException fault) when (IsThere(fault))
        {
            return tries.HasLostAnswer
                && await GetAsync(path, new HttpRange(0, content.Length + 1L), cancellationToken).ConfigureAwait(false)
                    is { } there
                && there.Span.SequenceEqual(content.Span);
        }
    }

    private async Task<ReadOnlyMemory<byte>?> GetAsync(
        string path,
        HttpRange range,
        CancellationToken cancellationToken
    )
    {
        var options = new BlobDownloadOptions { Range = range };
        try
        {
            BlobDownloadResult result = await Blob(path)
                .DownloadContentAsync(options, cancellationToken)
                .ConfigureAwait(false);
            return result.Content.ToMemory();
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        catch (RequestFailedException fault) when (fault.Status == 416)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    private async Task<bool> IsThereAsync(string path, SourceFile file, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties there = await Blob(path)
                .GetPropertiesAsync(cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            bool isSame =
                there.ContentLength == file.Bytes
                && (
                    !there.Metadata.TryGetValue(BlobUpload.HashName, out string? sha256)
                    || string.Equals(sha256, file.Sha256, StringComparison.Ordinal)
                );
            return isSame
                ? true
                : throw new FunctionTuneException(
                    $"{AddressOf(path)} is there, but does not hold the {file.Bytes} bytes with SHA-256 {file.Sha256} of '{file.Path}'.",
                    "Somebody else wrote it: remove it, and try again."
                );
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return false;
        }
    }

    private async Task SendAsync(
        string path,
        SourceFile file,
        IProgress<long>? sent,
        CancellationToken cancellationToken
    )
    {
        BlockBlobClient blob = _folder.Container.GetBlockBlobClient(NameOf(path));
        try
        {
            await new BlobUpload(blob, file, sent).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException fault) when (IsThere(fault))
        {
            // Somebody else was faster, or an earlier try of ours was.
            await IsThereAsync(path, file, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsThere(RequestFailedException fault) =>
        s_isThere.Contains(fault.ErrorCode, StringComparer.Ordinal);

    private static BlobSasPermissions Permissions(StagingUse use) =>
        use switch
        {
            StagingUse.Read => BlobSasPermissions.Read,
            // Whoever creates reads back what lies there when an answer was lost.
            StagingUse.Create => BlobSasPermissions.Create | BlobSasPermissions.Read,
            _ => BlobSasPermissions.Create | BlobSasPermissions.Add | BlobSasPermissions.Read,
        };

    private BlobClient Blob(string path) => _folder.Container.GetBlobClient(NameOf(path));

    private string NameOf(string path) => _folder.Place.NameOf(BlobPaths.Checked(path, _folder.Place));

    private async Task<T> SpeakAsync<T>(string path, string done, Func<Task<T>> speak)
    {
        try
        {
            return await speak().ConfigureAwait(false);
        }
        catch (Exception fault) when (BlobFault.IsOne(fault))
        {
            throw BlobFault.Of($"'{path}' could not be {done}", _folder.Place, fault);
        }
    }
}
