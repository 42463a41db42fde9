using System.Text.Json.Nodes;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>Who may ask.</summary>
internal static class Credentials
{
    private const string Missing = "Credential was not sent or was of an unsupported type for this API.";

    /// <summary>Lets a request pass when it carries the token.</summary>
    public static Task CheckAsync(HttpContext context, RequestDelegate next, string token)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            return next(context);
        }

        string? header = context.Request.Headers.Authorization;
        return header is null || !header.StartsWith("Bearer ", StringComparison.Ordinal)
                ? Answer.WriteErrorAsync(context, 401, JsonValue.Create(401), Missing)
            : string.Equals(header["Bearer ".Length..], token, StringComparison.Ordinal) ? next(context)
            : Answer.WriteErrorAsync(context, 403, "PERMISSION_DENIED", "Invalid access token.");
    }
}
