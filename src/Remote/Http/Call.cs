namespace FunctionTune.Remote.Http;

/// <summary>A call of a service's API. Every call may be sent again: it asks, or says the same twice.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path and query.</param>
/// <param name="Kind">Which rate limit it shares.</param>
internal sealed record Call(HttpMethod Method, string Path, CallKind Kind = CallKind.Other)
{
    /// <summary>Makes the body, for each try a new one; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>The first byte that is asked for, and the last; null for all.</summary>
    public (long First, long Last)? Range { get; init; }

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether the answer is JSON; an answer that is a page for people is never what was asked for.</summary>
    public bool AnswersJson { get; init; } = true;
}
