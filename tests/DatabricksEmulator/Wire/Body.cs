using System.Text.Json;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>The JSON body of a request.</summary>
internal static class Body
{
    private const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Reads the body, 10 MB at most, and checks it against a shape.</summary>
    public static async Task<JsonElement> ReadAsync(HttpContext context, Shape shape)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (bytes.Length + read > MaxBytes)
            {
                throw new ApiException(413, "MAX_REQUEST_SIZE_EXCEEDED", "The request body must have 10 MB at most.");
            }

            await bytes.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
        }

        JsonElement body = Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        shape.Check(body, "");
        return body;
    }

    private static JsonElement Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonElement.Parse(bytes);
        }
        catch (JsonException fault)
        {
            throw new ApiException(
                400,
                "MALFORMED_REQUEST",
                "Invalid JSON given in the body of the request - failed to parse given JSON: " + fault.Message
            );
        }
    }
}
