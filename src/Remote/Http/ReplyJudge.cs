using System.Net;
using System.Text;
using System.Text.Json;

namespace FunctionTune.Remote.Http;

/// <summary>Tells answers from refusals.</summary>
/// <param name="words">How the service speaks.</param>
internal sealed class ReplyJudge(ServiceWords words)
{
    /// <summary>The answer, when it is one.</summary>
    /// <exception cref="ServiceException">It is a refusal, or a page for people.</exception>
    public Reply Accept(Call call, HttpResponseMessage response, byte[] body)
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

    private Reply Parse(Call call, HttpResponseMessage response, byte[] body)
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
            throw new ServiceException(
                Refusal.Unavailable,
                $"{words.Service} {HostOf(response)} answered {NameOf(call)} with something that is no JSON: {fault.Message}",
                words.NotItself
            )
            {
                IsTransient = true,
            };
        }
    }

    private ServiceException Refused(Call call, HttpResponseMessage response, byte[] body)
    {
        HttpStatusCode status = response.StatusCode;
        ServiceError answer = words.Read(status, body);
        string code = answer.Code.Length > 0 ? $" ({answer.Code})" : "";
        return new ServiceException(
            answer.Kind,
            $"{words.Service} {HostOf(response)} refused {NameOf(call)} with HTTP {(int)status}{code}: {answer.Message}",
            HintFor(status, answer.Kind)
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

    private string HintFor(HttpStatusCode status, Refusal kind) =>
        kind switch
        {
            Refusal.Denied when status == HttpStatusCode.Unauthorized => words.Unauthorized,
            Refusal.Denied => words.Forbidden,
            Refusal.Unavailable => "Try again when the service is well.",
            _ => "",
        };

    private ServiceException LoginPage(Call call, string what) =>
        new(
            Refusal.Unavailable,
            $"{words.Service} {what} instead of answering {NameOf(call)}: that is a login page.",
            words.NotItself
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
