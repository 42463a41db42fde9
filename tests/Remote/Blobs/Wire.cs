using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FunctionTune.Remote.Tests.Blobs;

/// <summary>The connection to blob storage, watched: what was sent, how much came; it may lose answers.</summary>
internal sealed class Wire : HttpPipelineTransport
{
    private readonly HttpPipelineTransport _inner = HttpClientTransport.Shared;
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private long _received;
    private long _sent;
    private int _requests;
    private int _lost;

    /// <summary>
    /// Whether the answer to the first try of a request is lost: the service does what it was asked to do, then the connection
    /// breaks.
    /// </summary>
    public Func<Request, bool> LosesAnswerTo { get; init; } = _ => false;

    /// <summary>Whether the answers to further tries are lost too, refusals among them.</summary>
    public bool LosesAll { get; set; }

    /// <summary>Called before each try.</summary>
    public Action<Request> BeforeSending { get; set; } = _ => { };

    /// <summary>How many tries were sent.</summary>
    public int Requests => _requests;

    /// <summary>How many answers were lost.</summary>
    public int Lost => _lost;

    /// <summary>Bytes of content that were sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Bytes of content that the answers announced.</summary>
    public long Received => Interlocked.Read(ref _received);

    public override Request CreateRequest() => _inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        BeforeSending(message.Request);
        bool isFirst = _seen.TryAdd(message.Request.ClientRequestId, true);
        Interlocked.Increment(ref _requests);
        if (message.Request.Content?.TryComputeLength(out long length) == true)
        {
            Interlocked.Add(ref _sent, length);
        }

        await _inner.ProcessAsync(message);
        Interlocked.Add(ref _received, message.Response.Headers.ContentLengthLong ?? 0);
        if ((LosesAll || (isFirst && message.Response.Status < 300)) && LosesAnswerTo(message.Request))
        {
            Interlocked.Increment(ref _lost);
            message.Response.Dispose();
            throw new IOException("The connection was closed.");
        }
    }
}
