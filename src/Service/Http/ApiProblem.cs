using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http;

/// <summary>A refusal as a problem document (RFC 9457), <c>application/problem+json</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What is wrong, in one sentence that is the same for all of its kind.</param>
public sealed record ApiProblem(int Status, string Title) : IResult
{
    /// <summary>What is wrong with this very request; null when the title says it.</summary>
    public string? Detail { get; init; }

    /// <summary>Everything that is wrong with an input.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];

    /// <summary>When it is worth while to try again; null for no such time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How a caller proves who they are; null when that is not the matter.</summary>
    public string? Challenge { get; init; }

    /// <summary>Writes the answer.</summary>
    /// <param name="httpContext">The request.</param>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (RetryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = WireTime.Seconds(wait);
        }

        if (Challenge is { } challenge)
        {
            httpContext.Response.Headers.WWWAuthenticate = challenge;
        }

        return new JsonAnswer(Document(), Status, "application/problem+json").ExecuteAsync(httpContext);
    }

    private JsonObject Document()
    {
        var document = new JsonObject { ["title"] = Title, ["status"] = Status };
        if (Detail is { } detail)
        {
            document["detail"] = detail;
        }

        if (!Problems.IsEmpty)
        {
            document["problems"] = ProblemList.Of(Problems);
        }

        return document;
    }
}
