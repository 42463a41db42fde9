using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>The requests that a workspace was sent.</summary>
public sealed class RequestLog
{
    private static readonly object s_cut = new();

    private readonly ConcurrentDictionary<(string Endpoint, int Status), int> _counts = new();
    private readonly ConcurrentQueue<JsonElement> _submissions = new();

    internal RequestLog() { }

    /// <summary>How many requests were sent.</summary>
    public int Total => _counts.Values.Sum();

    /// <summary>
    /// How many requests were sent to each endpoint, by the status of the answer; 0 where the connection was cut. Endpoints are
    /// named by the end of their path: <c>runs/submit</c>, <c>clusters/get</c>, <c>fs/files</c>, and so on.
    /// </summary>
    public ImmutableSortedDictionary<(string Endpoint, int Status), int> Counts =>
        _counts.ToImmutableSortedDictionary();

    /// <summary>The bodies of runs/submit that could be read, in the order in which they came.</summary>
    public ImmutableArray<JsonElement> Submissions => [.. _submissions];

    /// <summary>How many requests an endpoint was sent.</summary>
    /// <param name="endpoint">The endpoint, as <c>runs/submit</c>.</param>
    /// <param name="status">Only those with this status; null for all.</param>
    public int Count(string endpoint, int? status = null) =>
        _counts
            .Where(count => string.Equals(count.Key.Endpoint, endpoint, StringComparison.Ordinal))
            .Where(count => status is null || count.Key.Status == status)
            .Sum(count => count.Value);

    /// <summary>Lets the connection of a request be cut when it has been noted, in place of an answer.</summary>
    internal static void Cut(HttpContext context) => context.Items[s_cut] = s_cut;

    internal void NoteSubmission(JsonElement body) => _submissions.Enqueue(body);

    internal async Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            bool isCut = context.Items.ContainsKey(s_cut);
            int status = isCut || context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
            _counts.AddOrUpdate((NameOf(context.Request.Path), status), 1, (_, count) => count + 1);
            if (isCut)
            {
                context.Abort();
            }
        }
    }

    /// <summary>The two parts of a path that name its endpoint.</summary>
    internal static string NameOf(PathString path)
    {
        string[] parts = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", _, "fs", string what, ..] => $"fs/{what}",
            ["api", .., string group, string what] => $"{group}/{what}",
            _ => "other",
        };
    }
}
