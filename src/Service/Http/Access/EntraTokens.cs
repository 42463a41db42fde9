using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FunctionTune.Service.Http.Access;

/// <summary>
/// Checks access tokens of Microsoft Entra (JSON Web Tokens, RFC 7519): signed by a key of the directory, issued by it, meant
/// for this service, and in force.
/// </summary>
/// <param name="options">The registration of the service.</param>
/// <param name="keys">The directory's keys.</param>
/// <param name="time">The clock.</param>
public sealed class EntraTokens(EntraOptions options, EntraKeys keys, TimeProvider time)
{
    private const int Longest = 16 * 1024;

    // The one algorithm of Entra: a token must not choose how it is checked.
    private const string Algorithm = "RS256";

    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromMinutes(5);
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>The app roles that a token grants.</summary>
    internal async Task<ImmutableArray<string>> RolesAsync(string token, CancellationToken cancellationToken)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3 || token.Length > Longest)
        {
            throw new TokenException("The token is no JSON Web Token.");
        }

        JsonElement header = Json(parts[0]);
        if (!string.Equals(Text(header, "alg"), Algorithm, StringComparison.Ordinal))
        {
            throw new TokenException($"The token is not signed with {Algorithm}.");
        }

        using RSA key =
            await keys.FindAsync(Text(header, "kid"), cancellationToken).ConfigureAwait(false)
            ?? throw new TokenException("The token is signed with a key that the directory does not have.");
        byte[] content = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        if (!key.VerifyData(content, Bytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        {
            throw new TokenException("The token's signature is wrong.");
        }

        JsonElement claims = Json(parts[1]);
        Require(claims);
        return claims.TryGetProperty("roles", out JsonElement roles) && roles.ValueKind == JsonValueKind.Array
            ? [.. roles.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.String).Select(r => r.GetString()!)]
            : [];
    }

    private void Require(JsonElement claims)
    {
        string[] issuers =
        [
            $"{options.Authority.AbsoluteUri.TrimEnd('/')}/{options.TenantId}/v2.0",
            $"https://sts.windows.net/{options.TenantId}/",
        ];
        string[] audiences = [options.ClientId, $"api://{options.ClientId}"];
        DateTimeOffset now = time.GetUtcNow();
        bool isInForce =
            Time(claims, "exp") is { } end
            && now < end + s_clocksDiffer
            && (Time(claims, "nbf") ?? now) - s_clocksDiffer <= now;
        string? wrong =
            !issuers.Contains(Text(claims, "iss"), StringComparer.Ordinal) ? "The token is of another issuer."
            : !string.Equals(Text(claims, "tid"), options.TenantId, StringComparison.OrdinalIgnoreCase)
                ? "The token is of another directory."
            : !audiences.Contains(Text(claims, "aud"), StringComparer.OrdinalIgnoreCase)
                ? "The token is meant for another service."
            : !isInForce ? "The token has expired, or is not in force yet."
            : null;
        if (wrong is not null)
        {
            throw new TokenException(wrong);
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out long seconds)
        && seconds is >= 0 and < 253_402_300_800 - 3600
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static JsonElement Json(string part)
    {
        try
        {
            using var document = JsonDocument.Parse(Bytes(part), s_strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new TokenException("The token cannot be read.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new TokenException("The token cannot be read.");
        }
    }

    private static byte[] Bytes(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            throw new TokenException("The token cannot be read.");
        }
    }
}
