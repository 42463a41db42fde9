using System.Net.Http.Headers;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks.Login;

/// <summary>A personal access token.</summary>
internal sealed class PersonalToken(string token) : ServiceLogin
{
    public override ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return ValueTask.CompletedTask;
    }

    public override bool Forget() => false;
}
