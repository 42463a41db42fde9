using System.Net;
using FunctionTune.Remote.Http;
using FunctionTune.Staging;

namespace FunctionTune.Remote.Databricks.Volumes;

/// <summary>A staging area in a Unity Catalog volume: this machine reaches it by the Files API, clusters as a folder.</summary>
internal sealed class VolumeStagingArea : IStagingArea
{
    /// <summary>The largest file that the Files API takes.</summary>
    private const long MaxBytes = 5L << 30;

    /// <summary>The slowest upload that is waited for, in bytes a second.</summary>
    private const double SlowestUpload = 1 << 20;

    private readonly DatabricksConnection _connection;
    private readonly string _root;

    /// <summary>An area.</summary>
    /// <param name="connection">The workspace.</param>
    /// <param name="root">The folder, <c>/Volumes/catalog/schema/volume/...</c>.</param>
    public VolumeStagingArea(DatabricksConnection connection, string root) =>
        (_connection, _root) = (connection, root.TrimEnd('/'));

    /// <summary>What is wrong with a place in a volume; null when it will do.</summary>
    /// <param name="place">The place.</param>
    /// <param name="path">Where it was written.</param>
    public static Problem? Check(string place, string path)
    {
        string[] parts = place.TrimEnd('/').Split('/')[1..];
        return parts.Length >= 4 && !parts.Any(part => part is "" or "." or "..")
            ? null
            : new Problem(
                path,
                "a place in a volume names its catalog, schema and volume",
                $"'{place}'",
                "Write for example /Volumes/main/functiontune/studies."
            );
    }

    /// <inheritdoc/>
    public string AddressOf(string path) => path.Length == 0 ? _root : $"{_root}/{path}";

    /// <inheritdoc/>
    public string UriOf(string path, StagingUse use) => AddressOf(path);

    /// <inheritdoc/>
    public async Task<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Call call = Put(path) with { Content = () => new ReadOnlyMemoryContent(content) };
        if (await PutAsync(path, call, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        // Perhaps an earlier try of this call, whose answer was lost, wrote it.
        ReadOnlyMemory<byte>? found = await ReadAsync(path, 0, content.Length + 1, cancellationToken)
            .ConfigureAwait(false);
        return found is { } there && there.Span.SequenceEqual(content.Span);
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
        var call = new Call(HttpMethod.Get, Files(path), CallKind.Files)
        {
            Range = (from, from + most - 1),
            AnswersJson = false,
        };
        try
        {
            Reply reply = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            // A server may ignore the range and send everything.
            ReadOnlyMemory<byte> body =
                reply.Status == HttpStatusCode.OK ? reply.Body[(int)Math.Min(from, reply.Body.Length)..] : reply.Body;
            return body[..Math.Min(most, body.Length)];
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.NotFound)
        {
            return null;
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
        if (await ReadAsync(path, 0, 1, cancellationToken).ConfigureAwait(false) is not null)
        {
            sent?.Report(file.Bytes);
            return;
        }

        if (file.Bytes > MaxBytes)
        {
            throw new FunctionTuneException(
                $"A file in a volume has at most 5 GiB, but {file.Path} has {file.Bytes} bytes.",
                "Split it, or take a staging area in blob storage (abfss://...)."
            );
        }

        Call call = Put(path) with
        {
            Content = () => new VerifiedFileContent(file, sent),
            Timeout = TimeSpan.FromSeconds(60 + file.Bytes / SlowestUpload),
        };
        await PutAsync(path, call, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a file unless it is there.</summary>
    /// <returns>Whether it was written.</returns>
    private async Task<bool> PutAsync(string path, Call call, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.Conflict)
        {
            return false;
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.NotFound)
        {
            // The folder is missing; where the volume is, this makes the whole way to it.
            string folder = AddressOf(path)[..AddressOf(path).LastIndexOf('/')];
            var make = new Call(HttpMethod.Put, $"/api/2.0/fs/directories{Escaped(folder)}", CallKind.Files)
            {
                AnswersJson = false,
            };
            await _connection.SendAsync(make, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.Conflict)
        {
            return false;
        }
    }

    private Call Put(string path) =>
        new(HttpMethod.Put, $"{Files(path)}?overwrite=false", CallKind.Files) { AnswersJson = false };

    private string Files(string path) =>
        path.Split('/').Any(part => part is "" or "." or "..")
            ? throw new ArgumentException(
                $"A path in a staging area has no empty part and no dots: '{path}'.",
                nameof(path)
            )
            : $"/api/2.0/fs/files{Escaped(AddressOf(path))}";

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
