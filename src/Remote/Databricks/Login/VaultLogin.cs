using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Core;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks.Login;

/// <summary>A personal access token that lies in a Key Vault, read when it is first needed.</summary>
/// <param name="credential">Who reads it.</param>
/// <param name="secret">The secret, <c>https://vault.vault.azure.net/secrets/name</c>.</param>
/// <param name="time">The clock.</param>
internal sealed class VaultLogin(TokenCredential credential, Uri secret, TimeProvider time) : ServiceLogin
{
    private static readonly HttpClient s_http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private readonly KeptToken _vault = new(credential, "https://vault.azure.net/.default", time);
    private string? _token;

    public override async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string token = _token ??= await ReadAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public override bool Forget()
    {
        _token = null;
        return true;
    }

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{secret.GetLeftPart(UriPartial.Path)}?api-version=7.4"
        );
        string access = await _vault.GetAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        using HttpResponseMessage response = await s_http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new ServiceException(
                Refusal.Denied,
                $"The Key Vault answered HTTP {(int)response.StatusCode} when asked for {secret.GetLeftPart(UriPartial.Path)}.",
                "Look whether the secret of DATABRICKS_TOKEN_SECRET is there, and whether this identity may read secrets (role Key Vault Secrets User)."
            );
        }

        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return JsonElement.Parse(body).GetProperty("value").GetString() ?? "";
    }
}
