using Azure.Core;
using Azure.Identity;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks.Login;

/// <summary>Finds out who calls, from the environment.</summary>
internal static class LoginSource
{
    /// <summary>
    /// A personal access token in <c>DATABRICKS_TOKEN</c>; or one in the Key Vault secret of <c>DATABRICKS_TOKEN_SECRET</c>; or an
    /// identity of Azure, which <c>DATABRICKS_CLIENT_ID</c> names when it is a user-assigned managed identity.
    /// </summary>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidInputException">A variable holds something that is no good.</exception>
    public static ServiceLogin Find(Func<string, string?> variable, TimeProvider time)
    {
        if (variable("DATABRICKS_TOKEN") is { } token && token.Trim().Length > 0)
        {
            return token.Trim().All(c => c is > ' ' and <= '~')
                ? new PersonalToken(token.Trim())
                : throw Refused("DATABRICKS_TOKEN", "a token has no spaces and no other than ASCII characters", "");
        }

        TokenCredential credential = variable("DATABRICKS_CLIENT_ID") is { Length: > 0 } id
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id))
            : AzureLogin.Credential();
        if (variable("DATABRICKS_TOKEN_SECRET") is { Length: > 0 } place)
        {
            return IsSecret(place, out Uri secret)
                ? new VaultLogin(credential, secret, time)
                : throw Refused(
                    "DATABRICKS_TOKEN_SECRET",
                    "a secret has an address such as https://vault.vault.azure.net/secrets/name",
                    place
                );
        }

        string? resource = variable("DATABRICKS_AZURE_RESOURCE_ID");
        return new EntraLogin(credential, string.IsNullOrWhiteSpace(resource) ? null : resource.Trim(), time);
    }

    // The vault's token goes to vaults only.
    private static bool IsSecret(string place, out Uri secret) =>
        Uri.TryCreate(place, UriKind.Absolute, out secret!)
        && string.Equals(secret.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        && secret.AbsolutePath.StartsWith("/secrets/", StringComparison.Ordinal)
        && secret.Host.EndsWith(".vault.azure.net", StringComparison.OrdinalIgnoreCase);

    private static InvalidInputException Refused(string name, string rule, string value) =>
        new([new Problem(name, rule, value)]);
}
