using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Blobs.Logs;

/// <summary>The blobs that hold the log of a study: <c>studies/&lt;id&gt;/log/000001.jsonl</c> and on.</summary>
/// <param name="folder">The store.</param>
/// <param name="id">The study.</param>
internal sealed class LogSegments(BlobFolder folder, StudyId id)
{
    /// <summary>Beneath it lie the studies of a store.</summary>
    public const string Studies = "studies/";

    /// <summary>The URL of a segment.</summary>
    public string UrlOf(int number) => folder.Place.UrlOf(Path(number)).AbsoluteUri;

    /// <summary>Reads a segment from a byte to its end.</summary>
    /// <param name="number">The segment.</param>
    /// <param name="offset">Where to begin, in bytes.</param>
    /// <param name="known">The state of the segment when <paramref name="offset"/> was its end; null when it was not.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>No bytes when there is nothing new; null when there is no such segment, or not so much of it.</returns>
    public async Task<SegmentBytes?> ReadAsync(
        int number,
        long offset,
        LogEnd? known,
        CancellationToken cancellationToken
    )
    {
        var options = new BlobDownloadOptions
        {
            Range = offset > 0 ? new HttpRange(offset) : default,
            Conditions =
                known is null || known.ETag == default ? null : new BlobRequestConditions { IfNoneMatch = known.ETag },
        };
        try
        {
            Response<BlobDownloadResult> response = await Blob(number)
                .DownloadContentAsync(options, cancellationToken)
                .ConfigureAwait(false);
            return response.GetRawResponse().Status == 304 ? Unchanged(known!) : SegmentBytes.Of(response.Value);
        }
        catch (RequestFailedException fault) when (fault.Status == 304)
        {
            return Unchanged(known!);
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        catch (RequestFailedException fault) when (fault.Status == 416)
        {
            BlobProperties? properties = await PropertiesAsync(number, cancellationToken).ConfigureAwait(false);
            return properties?.ContentLength == offset ? SegmentBytes.Of(properties) : null;
        }
    }

    /// <summary>Whether a segment holds these bytes at this place.</summary>
    public async Task<bool> HoldsAsync(LogPosition at, byte[] bytes, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions { Range = new HttpRange(at.Offset, bytes.Length) };
        try
        {
            Response<BlobDownloadResult> response = await Blob(at.Segment)
                .DownloadContentAsync(options, cancellationToken)
                .ConfigureAwait(false);
            return response.Value.Content.ToMemory().Span.SequenceEqual(bytes);
        }
        catch (RequestFailedException fault) when (fault.Status is 404 or 416)
        {
            return false;
        }
    }

    /// <summary>Makes an empty segment; nothing happens when it is there.</summary>
    public async Task CreateAsync(int number, CancellationToken cancellationToken)
    {
        try
        {
            var options = new AppendBlobCreateOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = "application/jsonl" },
                Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All },
            };
            await Blob(number).CreateAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException fault) when (fault.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            // Somebody was faster, or our own first try was; an empty segment is the same whoever made it.
        }
    }

    /// <summary>Appends to a segment that ends at a place, or fails.</summary>
    /// <returns>The state of the segment after it.</returns>
    public async Task<ETag> AppendAsync(LogPosition end, byte[] bytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes, writable: false);
        var options = new AppendBlobAppendBlockOptions
        {
            Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = end.Offset },
        };
        Response<BlobAppendInfo> response = await Blob(end.Segment)
            .AppendBlockAsync(content, options, cancellationToken)
            .ConfigureAwait(false);
        return response.Value.ETag;
    }

    /// <summary>Cuts off what follows the last whole event of a segment, unless somebody else changed the segment.</summary>
    public async Task CutAsync(LogEnd end, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = folder.Container.GetBlockBlobClient(folder.Place.NameOf(Path(end.Position.Segment)));
        BlobDownloadOptions read = new() { Conditions = new BlobRequestConditions { IfMatch = end.ETag } };
        BlobDownloadResult whole = await blob.DownloadContentAsync(read, cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream(whole.Content.ToArray(), 0, (int)end.Position.Offset, writable: false);
        BlobUploadOptions write = new() { Conditions = new BlobRequestConditions { IfMatch = end.ETag } };
        await blob.UploadAsync(content, write, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the log has at least one event.</summary>
    public async Task<bool> HasEventsAsync(CancellationToken cancellationToken) =>
        await PropertiesAsync(1, cancellationToken).ConfigureAwait(false) is { ContentLength: > 0 };

    private async Task<BlobProperties?> PropertiesAsync(int number, CancellationToken cancellationToken)
    {
        try
        {
            return await Blob(number).GetPropertiesAsync(null, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            return null;
        }
    }

    private static SegmentBytes Unchanged(LogEnd known) =>
        new(default, known.ETag, known.Blocks, known.IsAppendBlob, known.Position.Created ?? default);

    private AppendBlobClient Blob(int number) =>
        folder.Container.GetAppendBlobClient(folder.Place.NameOf(Path(number)));

    private string Path(int number) => $"{Studies}{id}/log/{number.ToString("D6", CultureInfo.InvariantCulture)}.jsonl";
}
