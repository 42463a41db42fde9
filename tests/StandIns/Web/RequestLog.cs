using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.StandIns.Web;

/// <summary>The requests that a service was sent.</summary>
/// <param name="nameOf">The name of the endpoint of a request.</param>
public sealed class RequestLog(Func<HttpRequest, string> nameOf)
{
    private static readonly object s_cut = new();

    private readonly ConcurrentDictionary<(string Endpoint, int Status), int> _counts = new();
    private readonly ConcurrentQueue<JsonElement> _submissions = new();

    /// <summary>How many requests were sent.</summary>
    public int Total => _counts.Values.Sum();

    /// <summary>
    /// How many requests were sent to each endpoint, by the status of the answer; 0 where the connection was cut.
    /// </summary>
    public ImmutableSortedDictionary<(string Endpoint, int Status), int> Counts =>
        _counts.ToImmutableSortedDictionary();

    /// <summary>The bodies that asked for something to be run and could be read, in the order in which they came.</summary>
    public ImmutableArray<JsonElement> Submissions => [.. _submissions];

    /// <summary>How many requests an endpoint was sent.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="status">Only those with this status; null for all.</param>
    public int Count(string endpoint, int? status = null) =>
        _counts
            .Where(count => string.Equals(count.Key.Endpoint, endpoint, StringComparison.Ordinal))
            .Where(count => status is null || count.Key.Status == status)
            .Sum(count => count.Value);

    /// <summary>Lets the connection of a request be cut when it has been noted, in place of an answer.</summary>
    public static void Cut(HttpContext context) => context.Items[s_cut] = s_cut;

    /// <summary>Notes a body that asks for something to be run.</summary>
    /// <param name="body">The body.</param>
    public void NoteSubmission(JsonElement body) => _submissions.Enqueue(body);

    /// <summary>Notes a request when it has been handled.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What handles it.</param>
    public async Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            bool isCut = context.Items.ContainsKey(s_cut);
            int status = isCut || context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
            _counts.AddOrUpdate((nameOf(context.Request), status), 1, (_, count) => count + 1);
            if (isCut)
            {
                context.Abort();
            }
        }
    }
}
