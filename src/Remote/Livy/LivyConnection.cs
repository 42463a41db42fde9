using System.Net;
using System.Text;
using System.Text.Json;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Livy;

/// <summary>Connections to Livy servers.</summary>
internal static class LivyConnection
{
    private static readonly ServiceWords s_words = new(
        "The Livy server",
        ReadError,
        Unauthorized: "Set LIVY_USER and LIVY_PASSWORD, or LIVY_TOKEN, to what the server takes; then resume the study.",
        Forbidden: "Ask for the permission, or use another user or proxyUser; then resume the study.",
        NotItself: "Look whether the url in the study file is that of a Livy server, and whether this machine reaches it directly."
    );

    /// <summary>Opens a connection; nothing is sent yet.</summary>
    /// <param name="server">The server's address, which ends with a slash.</param>
    /// <param name="options">How servers are treated.</param>
    public static ServiceConnection Open(Uri server, LivyPlatformOptions options)
    {
        var limit = new RateLimit(options.CallsPerSecond, options.Time);
        return new ServiceConnection(server, LivyLogin.Find(options.Variable), s_words, _ => limit, options.Time)
        {
            Budget = options.RetryBudget,
        };
    }

    /// <summary>An error of Livy is <c>{"msg": ...}</c>, or a page of the server around it.</summary>
    private static ServiceError ReadError(HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        string text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 1 << 16)]);
        string message = ErrorPage.ReasonOf(text) ?? MessageOf(text);
        return new ServiceError(ServiceError.KindOf(status), "", ServiceError.MessageOf(status, message));
    }

    private static string MessageOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("msg", out JsonElement message)
                ? message.ToString()
                : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
