using System.Net;
using FunctionTune.History;

namespace FunctionTune.Remote.Http;

/// <summary>What an answer that is an error says.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Code">The service's own code; empty when it gave none.</param>
/// <param name="Message">What it says, in one line.</param>
/// <param name="IsTransient">Whether its words are those of a fault that passes by itself.</param>
internal sealed record ServiceError(Refusal Kind, string Code, string Message, bool IsTransient = false)
{
    /// <summary>What an error is about, as far as its status tells.</summary>
    public static Refusal KindOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.NotFound => Refusal.NotFound,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Refusal.Denied,
            HttpStatusCode.Conflict => Refusal.Conflict,
            HttpStatusCode.TooManyRequests => Refusal.Throttled,
            >= (HttpStatusCode)499 => Refusal.Unavailable,
            _ => Refusal.Invalid,
        };

    /// <summary>A message in one line; the status in words when it is empty.</summary>
    public static string MessageOf(HttpStatusCode status, string message) =>
        OutcomeText.Line(message) is { Length: > 0 } line ? line : $"HTTP {(int)status} {status}";
}
