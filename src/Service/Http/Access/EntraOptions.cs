namespace FunctionTune.Service.Http.Access;

/// <summary>The registration of the service in a directory of Microsoft Entra.</summary>
/// <param name="TenantId">The directory.</param>
/// <param name="ClientId">The service's own registration: what tokens must be meant for.</param>
public sealed record EntraOptions(string TenantId, string ClientId)
{
    /// <summary>Who issues tokens.</summary>
    public Uri Authority { get; init; } = new("https://login.microsoftonline.com");

    /// <summary>
    /// Whether the platform before the app has proved who calls and says so in <c>X-MS-CLIENT-PRINCIPAL</c>, having removed what
    /// callers write there: App Service does so where <c>WEBSITE_AUTH_ENABLED</c> is true.
    /// </summary>
    public bool TrustsPrincipalHeader { get; init; }
}
