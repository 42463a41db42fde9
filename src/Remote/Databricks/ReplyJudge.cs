using System.Net;
using System.Text;
using System.Text.Json;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks;

/// <summary>Tells answers from refusals.</summary>
internal static class ReplyJudge
{
    /// <summary>The answer, when it is one.</summary>
    /// <exception cref="DatabricksException">It is a refusal, or a page for people.</exception>
    public static Reply Accept(Call call, HttpResponseMessage response, byte[] body)
    {
        HttpStatusCode status = response.StatusCode;
        if ((int)status is >= 300 and < 400)
        {
            throw LoginPage(call, $"sent the call on to {PlaceOf(response.Headers.Location)}");
        }

        if (status == HttpStatusCode.RequestedRangeNotSatisfiable && call.Range is not null)
        {
            return new Reply(status, ReadOnlyMemory<byte>.Empty);
        }

        if (response.IsSuccessStatusCode)
        {
            return call.AnswersJson ? Parse(call, response, body) : new Reply(status, body);
        }

        throw Refused(call, response, body);
    }

    private static Reply Parse(Call call, HttpResponseMessage response, byte[] body)
    {
        if (IsPage(response, body))
        {
            throw LoginPage(call, "answered with a page for people");
        }

        try
        {
            return new Reply(response.StatusCode, body) { Json = JsonElement.Parse(body) };
        }
        catch (JsonException fault)
        {
            throw new DatabricksException(
                Refusal.Unavailable,
                $"The workspace {HostOf(response)} answered {NameOf(call)} with something that is no JSON: {fault.Message}",
                "Look whether the host in the study file is that of a Databricks workspace."
            )
            {
                IsTransient = true,
            };
        }
    }

    private static DatabricksException Refused(Call call, HttpResponseMessage response, byte[] body)
    {
        HttpStatusCode status = response.StatusCode;
        var answer = ErrorAnswer.Read(status, body);
        Refusal kind = answer.KindOf(status);
        string code = answer.Code.Length > 0 ? $" ({answer.Code})" : "";
        return new DatabricksException(
            kind,
            $"The workspace {HostOf(response)} refused {NameOf(call)} with HTTP {(int)status}{code}: {answer.Message}",
            HintFor(status, kind)
        )
        {
            Status = status,
            Code = answer.Code,
            Said = answer.Message,
            RetryAfter = RetryAfter.Of(response.Headers),
            IsTransient =
                status is HttpStatusCode.TooManyRequests
                || ((int)status >= 500 && status != HttpStatusCode.NotImplemented)
                || answer.IsTransient,
        };
    }

    private static string HintFor(HttpStatusCode status, Refusal kind) =>
        kind switch
        {
            Refusal.Denied when status == HttpStatusCode.Unauthorized =>
                "The token is missing or has expired: set DATABRICKS_TOKEN to a new one, or log in to Azure; then resume the study.",
            Refusal.Denied =>
                "The token is wrong, or its owner may not do this: ask for the permission or use another token; then resume the study.",
            Refusal.Unavailable => "Try again when the service is well.",
            _ => "",
        };

    private static DatabricksException LoginPage(Call call, string what) =>
        new(
            Refusal.Unavailable,
            $"The workspace {what} instead of answering {NameOf(call)}: that is a login page.",
            "Look whether the host in the study file is the workspace's own address, and whether this machine reaches it directly "
                + "(a workspace with a private link does not let others in)."
        );

    private static bool IsPage(HttpResponseMessage response, byte[] body) =>
        response.Content.Headers.ContentType?.MediaType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true
        || Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 64))).TrimStart().StartsWith('<');

    // What follows the path may hold secrets.
    private static string PlaceOf(Uri? location) =>
        location is null ? "somewhere else"
        : location.IsAbsoluteUri ? location.Host
        : location.OriginalString.Split('?')[0];

    private static string NameOf(Call call) => $"{call.Method} {call.Path.Split('?')[0]}";

    private static string HostOf(HttpResponseMessage response) => response.RequestMessage?.RequestUri?.Authority ?? "";
}
