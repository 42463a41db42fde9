using Azure.Core;
using Azure.Core.Pipeline;

namespace FunctionTune.Remote.Blobs;

/// <summary>
/// Notices tries of a request whose answer was lost: the service may have done what it was asked to do. A later try that is
/// refused may then have been refused because of the first.
/// </summary>
internal sealed class TryWatch : HttpPipelinePolicy
{
    private const string Key = "functiontune.tries";

    /// <summary>Watches the requests that the caller sends until the scope ends.</summary>
    public static Scope Begin() => new();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        bool isAnswered = false;
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            isAnswered = message.Response.Status is < 500 and not 408;
        }
        finally
        {
            Note(message, isAnswered);
        }
    }

    // The one request that is sent so, for a key to sign with, depends on no condition.
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        ProcessNext(message, pipeline);

    private static void Note(HttpMessage message, bool isAnswered)
    {
        if (!isAnswered && message.TryGetProperty(Key, out object? scope))
        {
            ((Scope)scope!).HasLostAnswer = true;
        }
    }

    /// <summary>What was noticed.</summary>
    internal sealed class Scope : IDisposable
    {
        private readonly IDisposable _properties;

        public Scope() =>
            _properties = HttpPipeline.CreateHttpMessagePropertiesScope(
                new Dictionary<string, object?>(StringComparer.Ordinal) { [Key] = this }
            );

        /// <summary>Whether a try was sent and its answer did not come.</summary>
        public bool HasLostAnswer { get; set; }

        public void Dispose() => _properties.Dispose();
    }
}
