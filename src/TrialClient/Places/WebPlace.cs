using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace FunctionTune.TrialClient.Places;

/// <summary>
/// A blob by its URL, as a rule with a signature that lets this program in; messages never show it. Requests are tried again
/// after faults of the network and of a busy service.
/// </summary>
internal sealed class WebPlace : Place
{
    private readonly WebRequests _requests;
    private readonly string _url;
    private long? _end;

    public WebPlace(string url, string what)
    {
        Shown = PlaceName.Shown(url);
        if (new Uri(url) is { Scheme: "http", IsLoopback: false })
        {
            throw new TrialException($"{what} must be reached by https (http on this machine only), but got {Shown}.");
        }

        _url = url;
        _requests = new(what, Shown);
    }

    public override string Shown { get; }

    public override bool Exists()
    {
        try
        {
            return Ask(HttpMethod.Head, _url) is not null;
        }
        catch (TrialException)
        {
            // A signature that lets nobody look: writing tells.
            return false;
        }
    }

    public override byte[]? Read() => Ask(HttpMethod.Get, _url)?.Content;

    public override bool Create(byte[] content) => TryCreate("BlockBlob", content);

    /// <summary>
    /// Appends to an append blob. This object alone writes there, so a block that is refused because it is not at the end has
    /// arrived already, and its answer was lost.
    /// </summary>
    public override void Append(byte[] content)
    {
        _end ??= TryCreate("AppendBlob", []) ? 0 : Ask(HttpMethod.Head, _url)?.Length ?? 0;
        string block = _url + (_url.IndexOf('?') < 0 ? "?" : "&") + "comp=appendblock";
        string end = _end.Value.ToString(CultureInfo.InvariantCulture);
        try
        {
            Ask(HttpMethod.Put, block, content, ("x-ms-blob-condition-appendpos", end));
        }
        catch (TrialException exception)
            when (exception.InnerException is WebFault { Status: HttpStatusCode.PreconditionFailed })
        {
            // It has arrived.
        }

        _end += content.Length;
    }

    /// <summary>Downloads the blob; what has arrived when a connection ends stays, and the rest is asked for.</summary>
    public override void Fetch(string path, long? bytes) =>
        _requests.Wait(
            async (http, stalled) =>
            {
                long have = File.Exists(path) ? new FileInfo(path).Length : 0;
                if (have > 0 && have == bytes)
                {
                    return have;
                }

                using var request = new HttpRequestMessage(HttpMethod.Get, _url);
                request.Headers.Range = have > 0 ? new RangeHeaderValue(have, null) : null;
                using HttpResponseMessage answer = await WebRequests
                    .SendAsync(http, request, stalled.Token)
                    .ConfigureAwait(false);
                FileMode mode = answer.StatusCode == HttpStatusCode.PartialContent ? FileMode.Append : FileMode.Create;
                using var file = new FileStream(path, mode);
                await WebRequests.CopyAsync(answer.Content, file, stalled).ConfigureAwait(false);
                return file.Length;
            }
        );

    private bool TryCreate(string kind, byte[] content)
    {
        try
        {
            Ask(HttpMethod.Put, _url, content, ("x-ms-blob-type", kind), ("If-None-Match", "*"));
            return true;
        }
        catch (TrialException exception) when (exception.InnerException is WebFault { TellsOfAnother: true })
        {
            return false;
        }
    }

    /// <summary>What a request gives; null when there is no such blob.</summary>
    private WebAnswer? Ask(
        HttpMethod method,
        string url,
        byte[]? content = null,
        params (string Name, string Value)[] headers
    ) =>
        _requests.Wait(
            async (http, stalled) =>
            {
                using var request = new HttpRequestMessage(method, url);
                request.Content = content is null ? null : new ByteArrayContent(content);
                foreach ((string name, string value) in headers)
                {
                    request.Headers.Add(name, value);
                }

                try
                {
                    using HttpResponseMessage answer = await WebRequests
                        .SendAsync(http, request, stalled.Token)
                        .ConfigureAwait(false);
                    using var body = new MemoryStream();
                    await WebRequests.CopyAsync(answer.Content, body, stalled).ConfigureAwait(false);
                    return new WebAnswer(body.ToArray(), answer.Content.Headers.ContentLength);
                }
                catch (WebFault fault) when (fault.Status == HttpStatusCode.NotFound && content is null)
                {
                    return null;
                }
            }
        );
}
