using System.Text.Json;
using System.Text.Unicode;
using FunctionTune.Service.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FunctionTune.Service.Http;

/// <summary>The JSON of a request, trusted in nothing: bounded before it is read, read before it is parsed.</summary>
internal static class RequestBody
{
    /// <summary>The largest body, in bytes: a study file is a page of text.</summary>
    public const int MostBytes = 256 * 1024;

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The body's bytes.</summary>
    /// <exception cref="ApiException">It is no JSON by its header, or too large.</exception>
    public static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        CheckHeaders(request);
        byte[] buffer = new byte[16 * 1024];
        int length = 0;
        while (true)
        {
            int read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
            if (read == 0)
            {
                return buffer[..length];
            }

            if (length > MostBytes)
            {
                throw TooLarge();
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * buffer.Length, MostBytes + 1));
            }
        }
    }

    /// <summary>The JSON that bytes are.</summary>
    /// <exception cref="ApiException">They are none; where is said.</exception>
    public static JsonElement Parse(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw ApiException.Invalid(new Problem("$", "the body is UTF-8", "other bytes"));
        }

        if (UnpairedSurrogate.In(bytes) >= 0)
        {
            throw ApiException.Invalid(new Problem("$", "an escaped character above U+FFFF has both halves"));
        }

        try
        {
            // Some editors begin a file with a byte order mark.
            ReadOnlyMemory<byte> json = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
            using var document = JsonDocument.Parse(json, s_strict);
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            string rule = $"the body is JSON: {JsonFault.Describe(fault)}";
            throw ApiException.Invalid(new Problem($"${JsonFault.Place(fault)}", rule));
        }
    }

    private static void CheckHeaders(HttpRequest request)
    {
        bool isJson =
            MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && (
                type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            )
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson || !string.IsNullOrEmpty(request.Headers.ContentEncoding))
        {
            throw new ApiException(
                new ApiProblem(415, "The body must be JSON.")
                {
                    Detail = "Send it in UTF-8, uncompressed, with the header Content-Type: application/json.",
                }
            );
        }

        if (request.ContentLength > MostBytes)
        {
            throw TooLarge();
        }
    }

    private static ApiException TooLarge() =>
        new(
            new ApiProblem(413, "The body is too large.")
            {
                Detail = $"It may have {MostBytes / 1024} KiB. Data are named in a study, not put into it.",
            }
        );
}
