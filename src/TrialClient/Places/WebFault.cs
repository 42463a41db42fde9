using System.Net;

namespace FunctionTune.TrialClient.Places;

/// <summary>An answer that is none.</summary>
internal sealed class WebFault(HttpResponseMessage answer)
    : Exception(FormattableString.Invariant($"HTTP {(int)answer.StatusCode} {ErrorOf(answer) ?? answer.ReasonPhrase}"))
{
    public HttpStatusCode Status { get; } = answer.StatusCode;

    /// <summary>The blob service's own name of the fault.</summary>
    public string? Error { get; } = ErrorOf(answer);

    public TimeSpan RetryAfter { get; } = answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;

    public bool IsTransient => (int)Status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Whether a file was to be created where one is.</summary>
    public bool TellsOfAnother =>
        Error is "BlobAlreadyExists" or "ConditionNotMet" or "UnauthorizedBlobOverwrite"
        || (Error is null && Status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed);

    private static string? ErrorOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("x-ms-error-code", out IEnumerable<string>? values) ? values.First() : null;
}
