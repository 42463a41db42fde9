using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FunctionTune.Staging;

namespace FunctionTune.Remote.Blobs.Staging;

/// <summary>Reads a file once, block by block, and makes sure that it held what it was said to hold.</summary>
/// <param name="file">The file.</param>
/// <param name="blockSize">Bytes of each block but the last.</param>
internal sealed class SourceBlocks(SourceFile file, int blockSize)
{
    private readonly ConcurrentBag<byte[]> _buffers = [];

    /// <summary>How many blocks there are.</summary>
    public int Count => (int)((file.Bytes + blockSize - 1) / blockSize);

    /// <summary>Takes a block's memory back, for one that is read later.</summary>
    public void Return(StagedBlock block) => _buffers.Add(block.Buffer);

    /// <summary>The blocks, first to last.</summary>
    /// <exception cref="FunctionTuneException">
    /// The file cannot be read, or its bytes are not those of its SHA-256; thrown behind the last block at the latest.
    /// </exception>
    public async IAsyncEnumerable<StagedBlock> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream source = Open();
        await using (source.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int index = 0; index < Count; index++)
            {
                byte[] buffer = _buffers.TryTake(out byte[]? used) ? used : new byte[blockSize];
                int length = await source
                    .ReadAtLeastAsync(buffer, blockSize, throwOnEndOfStream: false, cancellationToken)
                    .ConfigureAwait(false);
                if (length != Math.Min(blockSize, file.Bytes - ((long)index * blockSize)))
                {
                    throw Changed();
                }

                hash.AppendData(buffer, 0, length);
                yield return new StagedBlock(index, buffer, length);
            }

            bool isLonger = source.ReadByte() >= 0;
            string sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (isLonger || !string.Equals(sha256, file.Sha256, StringComparison.Ordinal))
            {
                throw Changed();
            }
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(
                file.Path,
                new FileStreamOptions
                {
                    Access = FileAccess.Read,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    BufferSize = 0,
                    Options = FileOptions.SequentialScan,
                }
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FunctionTuneException($"'{file.Path}' cannot be read: {fault.Message}", "", fault);
        }
    }

    private FunctionTuneException Changed() =>
        new(
            $"'{file.Path}' no longer holds the {file.Bytes} bytes with SHA-256 {file.Sha256} that were found when it was looked at: it changed meanwhile. Nothing was staged.",
            "Let nobody write to it, and begin the study again."
        );
}
