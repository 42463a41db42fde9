using System.Net.Http.Headers;
using System.Text;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Livy;

/// <summary>Who calls a Livy server: <c>LIVY_TOKEN</c>, or <c>LIVY_USER</c> and <c>LIVY_PASSWORD</c>, or nobody in particular.</summary>
/// <param name="authorization">What shows who calls; null for nobody.</param>
internal sealed class LivyLogin(AuthenticationHeaderValue? authorization) : ServiceLogin
{
    /// <summary>Whether a secret is sent with each call.</summary>
    public bool IsSecret => authorization is not null;

    /// <summary>Finds the login in the environment.</summary>
    /// <param name="variable">Reads the environment.</param>
    public static LivyLogin Find(Func<string, string?> variable)
    {
        if (variable("LIVY_TOKEN") is { Length: > 0 } token)
        {
            return new LivyLogin(new AuthenticationHeaderValue("Bearer", token.Trim()));
        }

        if (variable("LIVY_USER") is not { Length: > 0 } user)
        {
            return new LivyLogin(null);
        }

        string pair = $"{user}:{variable("LIVY_PASSWORD")}";
        return new LivyLogin(
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)))
        );
    }

    /// <inheritdoc/>
    public override ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = authorization;
        // Livy's protection against forged requests asks for it.
        request.Headers.Add("X-Requested-By", "functiontune");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override bool Forget() => false;
}
