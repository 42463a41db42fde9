using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http.Access;

/// <summary>
/// Callers are those of a directory of Microsoft Entra with the app roles <c>study.read</c>, <c>study.submit</c> and
/// <c>study.cancel</c>: by a bearer token, which is checked here, or as the platform before the app tells.
/// </summary>
/// <param name="options">The registration of the service.</param>
/// <param name="tokens">Checks tokens.</param>
public sealed class EntraAccess(EntraOptions options, EntraTokens tokens) : IApiAccess
{
    private const string Scheme = "Bearer ";
    private const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";

    /// <inheritdoc/>
    public async Task<ApiProblem?> RefusalAsync(HttpContext context, ApiRole role)
    {
        ArgumentNullException.ThrowIfNull(context);
        ImmutableArray<string> roles;
        try
        {
            roles = await RolesAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        }
        catch (TokenException refused)
        {
            return new ApiProblem(401, "The service must know who calls.")
            {
                Detail = refused.Message,
                Challenge = "Bearer",
            };
        }

        string wanted = NameOf(role);
        return roles.Contains(wanted, StringComparer.Ordinal)
            ? null
            : new ApiProblem(403, "The caller may not do this.") { Detail = $"It takes the app role '{wanted}'." };
    }

    /// <summary>The app role that a role of the API is.</summary>
    /// <param name="role">The role.</param>
    public static string NameOf(ApiRole role) =>
        role switch
        {
            ApiRole.Submit => "study.submit",
            ApiRole.Cancel => "study.cancel",
            _ => "study.read",
        };

    private async Task<ImmutableArray<string>> RolesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        string header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return await tokens.RolesAsync(header[Scheme.Length..].Trim(), cancellationToken).ConfigureAwait(false);
        }

        string principal = request.Headers[PrincipalHeader].ToString();
        return options.TrustsPrincipalHeader && principal.Length > 0
            ? ClientPrincipal.RolesOf(principal)
            : throw new TokenException("Send a token of the directory in the header Authorization: Bearer TOKEN.");
    }
}
