using Azure.Core;
using Azure.Core.Pipeline;

namespace FunctionTune.Benchmarks;

/// <summary>Counts what is sent to blob storage.</summary>
internal sealed class RequestCount : HttpPipelinePolicy
{
    private long _bytes;
    private int _requests;

    /// <summary>Requests, each try of one by itself.</summary>
    public int Requests => _requests;

    /// <summary>Bytes of content that were sent.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message);
        return ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message);
        ProcessNext(message, pipeline);
    }

    private void Count(HttpMessage message)
    {
        Interlocked.Increment(ref _requests);
        if (message.Request.Content?.TryComputeLength(out long length) == true)
        {
            Interlocked.Add(ref _bytes, length);
        }
    }
}
