using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;

namespace FunctionTune.Remote.Http;

/// <summary>Counts the calls of services that run trials, for whoever listens to the meter <c>FunctionTune</c>.</summary>
internal static class BackendMeter
{
    private static readonly Meter s_meter = new("FunctionTune");

    private static readonly Counter<long> s_requests = s_meter.CreateCounter<long>(
        "functiontune.backend.requests",
        "{request}",
        "Calls of services that run trials; each try counts."
    );

    private static readonly Counter<long> s_throttled = s_meter.CreateCounter<long>(
        "functiontune.backend.throttled",
        "{request}",
        "Calls that a service refused because there were too many."
    );

    /// <summary>Counts a try of a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="status">The status of the answer; null when there was none.</param>
    public static void Count(Call call, HttpStatusCode? status)
    {
        string endpoint = EndpointOf(call.Path);
        var tags = new TagList { { "endpoint", endpoint }, { "status", (int?)status ?? 0 } };
        s_requests.Add(1, tags);
        if (status == HttpStatusCode.TooManyRequests)
        {
            s_throttled.Add(1, new TagList { { "endpoint", endpoint } });
        }
    }

    /// <summary>
    /// What is asked, without whom it is asked about: <c>jobs/runs/get</c>, <c>fs/files</c>, <c>batches/{id}/log</c>. There are
    /// few of them, however many trials there are.
    /// </summary>
    /// <param name="path">The path and query of a call.</param>
    public static string EndpointOf(string path)
    {
        string[] parts = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> named = parts.AsSpan() is ["api", _, ..] ? parts.Skip(2) : parts;
        bool isFile = named.FirstOrDefault() is "fs";
        return string.Join('/', named.Take(isFile ? 2 : parts.Length).Select(part => IsNumber(part) ? "{id}" : part));
    }

    private static bool IsNumber(string part) => part.All(char.IsAsciiDigit);
}
