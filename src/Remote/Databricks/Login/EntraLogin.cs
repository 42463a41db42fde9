using System.Net.Http.Headers;
using Azure.Core;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks.Login;

/// <summary>An identity of Azure: a managed identity, a workload identity, a service principal or a developer.</summary>
/// <remarks>
/// An identity that the workspace does not know yet is let in when it may manage the workspace's Azure resource: then the
/// resource's id and a second token go along.
/// </remarks>
/// <param name="credential">The identity.</param>
/// <param name="resourceId">The Azure resource id of the workspace; null when the workspace knows the identity.</param>
/// <param name="time">The clock.</param>
internal sealed class EntraLogin(TokenCredential credential, string? resourceId, TimeProvider time) : ServiceLogin
{
    /// <summary>Azure Databricks, the same in every tenant.</summary>
    private const string Databricks = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";

    private const string Management = "https://management.core.windows.net//.default";

    private readonly KeptToken _token = new(credential, Databricks, time);
    private readonly KeptToken _management = new(credential, Management, time);

    public override async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string token = await _token.GetAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (resourceId is not null)
        {
            string second = await _management.GetAsync(cancellationToken).ConfigureAwait(false);
            request.Headers.Add("X-Databricks-Azure-Workspace-Resource-Id", resourceId);
            request.Headers.Add("X-Databricks-Azure-SP-Management-Token", second);
        }
    }

    public override bool Forget()
    {
        _token.Forget();
        _management.Forget();
        return true;
    }
}
