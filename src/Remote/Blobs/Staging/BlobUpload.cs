using System.Collections.Immutable;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using FunctionTune.Staging;

namespace FunctionTune.Remote.Blobs.Staging;

/// <summary>
/// Uploads one file in blocks, several at once. A block that an interrupted upload left there is known by its name and not sent
/// again; the blob appears when all blocks are there, whole, and only if there is none yet.
/// </summary>
/// <param name="blob">Where to.</param>
/// <param name="file">What.</param>
/// <param name="sent">Told the bytes that have arrived so far.</param>
internal sealed class BlobUpload(BlockBlobClient blob, SourceFile file, IProgress<long>? sent)
{
    /// <summary>The name under which a blob's metadata hold the SHA-256 of its bytes.</summary>
    public const string HashName = "sha256";

    private const int UsualBlock = 8 << 20;
    private const int MaxBlocks = 50_000;
    private const int AtOnce = 6;

    private static readonly BlobRequestConditions s_ifAbsent = new() { IfNoneMatch = ETag.All };
    private static readonly BlobHttpHeaders s_headers = new() { ContentType = "application/octet-stream" };

    private readonly Lock _lock = new();
    private long _arrived;

    /// <summary>Uploads the file.</summary>
    /// <exception cref="FunctionTuneException">The file does not hold the bytes of its SHA-256.</exception>
    public Task RunAsync(CancellationToken cancellationToken) =>
        file.Bytes <= UsualBlock ? PutAsync(cancellationToken) : PutBlocksAsync(cancellationToken);

    /// <summary>Uploads a small file by one request.</summary>
    private async Task PutAsync(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream((int)file.Bytes);
        var blocks = new SourceBlocks(file, BlockSize());
        await foreach (StagedBlock block in blocks.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await content.WriteAsync(block.Buffer.AsMemory(0, block.Length), cancellationToken).ConfigureAwait(false);
        }

        content.Position = 0;
        var options = new BlobUploadOptions
        {
            Conditions = s_ifAbsent,
            HttpHeaders = s_headers,
            Metadata = Metadata(),
            TransferOptions = new() { InitialTransferSize = UsualBlock },
            TransferValidation = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
        };
        await blob.UploadAsync(content, options, cancellationToken).ConfigureAwait(false);
        Arrived((int)file.Bytes);
    }

    private async Task PutBlocksAsync(CancellationToken cancellationToken)
    {
        var blocks = new SourceBlocks(file, BlockSize());
        string[] names = new string[blocks.Count];
        ImmutableHashSet<string> there = await BlocksThereAsync(cancellationToken).ConfigureAwait(false);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel
            .ForEachAsync(
                blocks.ReadAsync(cancellationToken),
                parallel,
                async (block, cancel) =>
                {
                    names[block.Index] = await SendAsync(block, there, cancel).ConfigureAwait(false);
                    blocks.Return(block);
                    Arrived(block.Length);
                }
            )
            .ConfigureAwait(false);
        var options = new CommitBlockListOptions
        {
            Conditions = s_ifAbsent,
            HttpHeaders = s_headers,
            Metadata = Metadata(),
        };
        await blob.CommitBlockListAsync(names, options, cancellationToken).ConfigureAwait(false);
    }

    private Dictionary<string, string> Metadata() => new(StringComparer.Ordinal) { [HashName] = file.Sha256 };

    /// <summary>Sends a block unless it is there.</summary>
    /// <returns>Its name.</returns>
    private async Task<string> SendAsync(
        StagedBlock block,
        ImmutableHashSet<string> there,
        CancellationToken cancellationToken
    )
    {
        byte[] checksum = block.Checksum();
        string name = block.NameBy(checksum);
        if (!there.Contains(name))
        {
            using var content = new MemoryStream(block.Buffer, 0, block.Length, writable: false);
            var options = new BlockBlobStageBlockOptions
            {
                TransferValidation = new UploadTransferValidationOptions
                {
                    ChecksumAlgorithm = StorageChecksumAlgorithm.MD5,
                    PrecalculatedChecksum = checksum,
                },
            };
            await blob.StageBlockAsync(name, content, options, cancellationToken).ConfigureAwait(false);
        }

        return name;
    }

    /// <summary>The blocks that an earlier upload left.</summary>
    private async Task<ImmutableHashSet<string>> BlocksThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            Response<BlockList> list = await blob.GetBlockListAsync(
                    BlockListTypes.Uncommitted,
                    cancellationToken: cancellationToken
                )
                .ConfigureAwait(false);
            return list.Value.UncommittedBlocks.Select(block => block.Name).ToImmutableHashSet(StringComparer.Ordinal);
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return [];
        }
    }

    private void Arrived(int bytes)
    {
        lock (_lock)
        {
            _arrived += bytes;
            sent?.Report(_arrived);
        }
    }

    /// <summary>Blocks are 8 MiB, larger only for a file of which there would be too many.</summary>
    private int BlockSize()
    {
        const int Step = 1 << 20;
        long least = (file.Bytes + MaxBlocks - 1) / MaxBlocks;
        return (int)Math.Min(Math.Max(file.Bytes, 1), Math.Max(UsualBlock, (least + Step - 1) / Step * Step));
    }
}
