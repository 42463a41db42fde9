using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using FunctionTune.Staging;

namespace FunctionTune.Remote.Databricks.Volumes;

/// <summary>
/// A file as the body of a request, in constant memory. Its SHA-256 is computed on the way, and its last block is sent only when
/// it is the right one: a request that breaks off leaves nothing behind.
/// </summary>
internal sealed class VerifiedFileContent : HttpContent
{
    private const int BlockSize = 1 << 20;

    private readonly SourceFile _file;
    private readonly IProgress<long>? _sent;

    public VerifiedFileContent(SourceFile file, IProgress<long>? sent)
    {
        (_file, _sent) = (file, sent);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _file.Bytes;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        FileStream source = File.OpenRead(_file.Path);
        await using (source.ConfigureAwait(false))
        {
            byte[] block = new byte[BlockSize];
            long done = 0;
            while (true)
            {
                int read = await source
                    .ReadAtLeastAsync(block, BlockSize, false, cancellationToken)
                    .ConfigureAwait(false);
                hash.AppendData(block, 0, read);
                done += read;
                if (done >= _file.Bytes || read == 0)
                {
                    Verify(done, hash);
                }

                await stream.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                _sent?.Report(done);
                if (read < BlockSize)
                {
                    return;
                }
            }
        }
    }

    private void Verify(long bytes, IncrementalHash hash)
    {
        string found = Convert.ToHexStringLower(hash.GetCurrentHash());
        if (bytes != _file.Bytes || !string.Equals(found, _file.Sha256, StringComparison.Ordinal))
        {
            throw new FunctionTuneException(
                $"{_file.Path} changed while it was staged: its SHA-256 was {_file.Sha256} and is {found}.",
                "Run it again when nothing writes to the file any more."
            );
        }
    }
}
