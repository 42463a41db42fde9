using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FunctionTune.TrialClient.Tests.Places;

/// <summary>Blobs on loopback, with the conditions that clients rely on and faults on demand. It wants a signature.</summary>
internal sealed class BlobServer : IAsyncDisposable
{
    public const string Signature = "sig=secret";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<BlobFault> _faults = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    public BlobServer()
    {
        int port = FreePort();
        Root = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Root);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Root { get; }

    /// <summary>Method and path of each request so far.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>What befalls the next requests, in turn.</summary>
    public void Befall(params ReadOnlySpan<BlobFault> faults)
    {
        foreach (BlobFault fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }

    public string UrlOf(string path) => $"{Root}{path}?{Signature}";

    public void Put(string path, byte[] content) => _blobs["/" + path] = content;

    public void Put(string path, string content) => Put(path, System.Text.Encoding.UTF8.GetBytes(content));

    public string? Text(string path) =>
        _blobs.TryGetValue("/" + path, out byte[]? blob) ? System.Text.Encoding.UTF8.GetString(blob) : null;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception)
            when (exception is HttpListenerException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed: the test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
        _requests.Enqueue($"{request.HttpMethod} {request.Url!.AbsolutePath}");
        BlobFault fault = _faults.TryDequeue(out BlobFault next) ? next : BlobFault.None;
        if (fault == BlobFault.Unavailable)
        {
            context.Response.StatusCode = 503;
            context.Response.Close();
            return;
        }

        BlobAnswer answer = request.Url.Query.Contains(Signature, StringComparison.Ordinal)
            ? Decide(request, body.ToArray())
            : new(403, "AuthenticationFailed");
        if (fault == BlobFault.LostAnswer)
        {
            context.Response.Abort();
            return;
        }

        await SendAsync(context.Response, answer, request.HttpMethod == "HEAD", fault == BlobFault.CutAnswer);
    }

    private BlobAnswer Decide(HttpListenerRequest request, byte[] body)
    {
        string path = request.Url!.AbsolutePath;
        _blobs.TryGetValue(path, out byte[]? blob);
        if (request.HttpMethod != "PUT")
        {
            string range = request.Headers["Range"] ?? "bytes=0-";
            int from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
            return blob is null ? new(404, "BlobNotFound") : new(from > 0 ? 206 : 200, Content: blob[from..]);
        }

        if (request.Url.Query.Contains("comp=appendblock", StringComparison.Ordinal))
        {
            return request.Headers["x-ms-blob-condition-appendpos"] == $"{blob!.Length}"
                ? Keep(path, [.. blob, .. body])
                : new(412, "AppendPositionConditionNotMet");
        }

        return request.Headers["If-None-Match"] != "*" || request.Headers["x-ms-blob-type"] is null
                ? new(400, "InvalidHeaderValue")
            : blob is not null ? new(409, "BlobAlreadyExists")
            : Keep(path, body);
    }

    private BlobAnswer Keep(string path, byte[] content)
    {
        _blobs[path] = content;
        return new(201);
    }

    private static async Task SendAsync(HttpListenerResponse response, BlobAnswer answer, bool headOnly, bool cut)
    {
        byte[] content = answer.Content ?? [];
        response.StatusCode = answer.Status;
        response.ContentLength64 = content.Length;
        if (answer.Error is not null)
        {
            response.Headers["x-ms-error-code"] = answer.Error;
        }

        if (cut)
        {
            await response.OutputStream.WriteAsync(
                content.AsMemory(0, content.Length / 2),
                TestContext.Current.CancellationToken
            );
            await response.OutputStream.FlushAsync(TestContext.Current.CancellationToken);
            response.Abort();
            return;
        }

        response.Close(headOnly ? [] : content, willBlock: true);
    }
}
