using System.Net;

namespace FunctionTune.Remote.Http;

/// <summary>A service refused a call, or could not be asked.</summary>
/// <param name="kind">What it was about.</param>
/// <param name="message">Who refused what, and why.</param>
/// <param name="hint">What the reader can do.</param>
/// <param name="inner">The cause, if another exception is the cause.</param>
internal sealed class ServiceException(Refusal kind, string message, string hint = "", Exception? inner = null)
    : FunctionTuneException(message, hint, inner)
{
    /// <summary>What it was about.</summary>
    public Refusal Kind => kind;

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The error code of the service; empty when it gave none.</summary>
    public string Code { get; init; } = "";

    /// <summary>What the service said, in one line.</summary>
    public string Said { get; init; } = "";

    /// <summary>How long the service asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may well succeed a little later.</summary>
    public bool IsTransient { get; init; }
}
