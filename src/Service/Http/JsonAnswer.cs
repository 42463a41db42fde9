using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http;

/// <summary>A JSON document as an answer.</summary>
internal sealed class JsonAnswer(
    JsonNode document,
    int status = StatusCodes.Status200OK,
    string contentType = "application/json"
) : IResult
{
    // Quotes and angle brackets are escaped, so that no browser takes a name for markup.
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        MaxDepth = 4096,
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content, s_options))
        {
            document.WriteTo(writer);
        }

        HttpResponse response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        await response
            .Body.WriteAsync(content.GetBuffer().AsMemory(0, (int)content.Length), httpContext.RequestAborted)
            .ConfigureAwait(false);
    }
}
