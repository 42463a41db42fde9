using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.Service.Http.Access;

/// <summary>Whom App Service says the caller is: JSON in Base64, with a list of claims.</summary>
internal static class ClientPrincipal
{
    private const string Roles = "roles";

    public static ImmutableArray<string> RolesOf(string header)
    {
        try
        {
            using var principal = JsonDocument.Parse(Convert.FromBase64String(header));
            JsonElement root = principal.RootElement;
            string kind = root.TryGetProperty("role_typ", out JsonElement type) ? type.GetString() ?? Roles : Roles;
            return
            [
                .. root.GetProperty("claims")
                    .EnumerateArray()
                    .Where(claim =>
                        claim.GetProperty("typ").ValueEquals(kind) || claim.GetProperty("typ").ValueEquals(Roles)
                    )
                    .Select(claim => claim.GetProperty("val").GetString() ?? ""),
            ];
        }
        catch (Exception fault)
            when (fault is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new TokenException("What the platform says of the caller cannot be read.");
        }
    }
}
