using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks;

/// <summary>
/// The error code and message of an answer that is an error. There are four forms: <c>error_code</c>, a text or a number, with
/// <c>message</c>; <c>error</c> of the API 1.2; a text <c>CODE: message</c>; and HTML with the message in <c>pre</c>.
/// </summary>
/// <param name="Code">The code; empty when there is none.</param>
/// <param name="Message">The message in one line.</param>
internal sealed partial record ErrorAnswer(string Code, string Message)
{
    private static readonly string[] s_transient =
    [
        "com.databricks.backend.manager.util.UnknownWorkerEnvironmentException",
        "does not have any associated worker environments",
        "There is no worker environment with id",
        "Unknown worker environment",
        "ClusterNotReadyException",
        "Timed out after ",
        "deadline exceeded",
        "Unexpected error",
        "Please try again later or try a faster operation.",
        "RPC token bucket limit has been exceeded",
    ];

    private static readonly string[] s_throttled =
    [
        "TOO_MANY_REQUESTS",
        "RESOURCE_EXHAUSTED",
        "REQUEST_LIMIT_EXCEEDED",
        "QUOTA_EXCEEDED",
        "RESOURCE_LIMIT_EXCEEDED",
        "CLUSTER_REQUEST_LIMIT_EXCEEDED",
        "WORKSPACE_RUN_LIMIT_EXCEEDED",
        "MAX_CONCURRENT_RUNS_EXCEEDED",
    ];

    /// <summary>Whether the words are those of a fault that passes by itself.</summary>
    public bool IsTransient =>
        Array.Exists(s_transient, words => Message.Contains(words, StringComparison.Ordinal))
        || WorkerEnvironment().IsMatch(Message);

    /// <summary>Reads an answer.</summary>
    /// <param name="status">Its HTTP status.</param>
    /// <param name="body">Its body.</param>
    public static ErrorAnswer Read(HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        string text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 1 << 16)]).Trim();
        ErrorAnswer answer = FromJson(text) ?? FromText(ErrorPage.ReasonOf(text) ?? text);
        return answer with { Message = ServiceError.MessageOf(status, answer.Message) };
    }

    /// <summary>The answer as that of any service.</summary>
    /// <param name="status">Its HTTP status.</param>
    public ServiceError ToError(HttpStatusCode status) => new(KindOf(status), Code, Message, IsTransient);

    /// <summary>What the answer is about.</summary>
    /// <param name="status">Its HTTP status.</param>
    public Refusal KindOf(HttpStatusCode status) =>
        s_throttled.Contains(Code, StringComparer.Ordinal) || JobsAnHour().IsMatch(Message) ? Refusal.Throttled
        : status is HttpStatusCode.BadRequest && Missing().IsMatch(Message) ? Refusal.NotFound
        : ServiceError.KindOf(status);

    private static ErrorAnswer? FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? null
                : new ErrorAnswer(Text(root, "error_code"), First(Text(root, "message"), Text(root, "error")));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ErrorAnswer FromText(string text) =>
        CodeAndMessage().Match(text) is { Success: true } parts
            ? new ErrorAnswer(parts.Groups["code"].Value, parts.Groups["text"].Value)
            : new ErrorAnswer("", WebUtility.HtmlDecode(text));

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : "";

    private static string First(string one, string other) => one.Length > 0 ? one : other;

    [GeneratedRegex(
        @"^\s*(?:Run .* does not exist|Run: .* in job: .* doesn't exist|Cluster .* does not exist)",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Missing();

    [GeneratedRegex("worker env .* not found", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WorkerEnvironment();

    [GeneratedRegex("already [0-9]+ jobs created in past", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex JobsAnHour();

    [GeneratedRegex(
        @"^\s*(?<code>[A-Z][A-Z0-9_]{2,}):\s+(?<text>.*)$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex CodeAndMessage();
}
