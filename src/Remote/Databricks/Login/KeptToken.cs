using Azure.Core;
using Azure.Identity;
using FunctionTune.History;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks.Login;

/// <summary>A token of Azure for one scope, kept until shortly before it expires.</summary>
internal sealed class KeptToken(TokenCredential credential, string scope, TimeProvider time)
{
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private Task<AccessToken>? _token;

    /// <summary>The token.</summary>
    /// <exception cref="ServiceException">Azure gives none.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        Task<AccessToken> kept = TokenAsync(instead: null);
        if (kept.IsFaulted || (await kept.WaitAsync(cancellationToken).ConfigureAwait(false)).ExpiresOn <= Soon)
        {
            kept = TokenAsync(instead: kept);
        }

        return (await kept.WaitAsync(cancellationToken).ConfigureAwait(false)).Token;
    }

    /// <summary>Lets go of the token.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _token = null;
        }
    }

    private DateTimeOffset Soon => time.GetUtcNow() + s_margin;

    /// <summary>The token that is kept or being fetched; another one in place of <paramref name="instead"/>.</summary>
    private Task<AccessToken> TokenAsync(Task<AccessToken>? instead)
    {
        lock (_gate)
        {
            return _token = _token is null || ReferenceEquals(_token, instead) ? AskAsync() : _token;
        }
    }

    private async Task<AccessToken> AskAsync()
    {
        try
        {
            return await credential
                .GetTokenAsync(new TokenRequestContext([scope]), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (AuthenticationFailedException fault)
        {
            throw new ServiceException(
                Refusal.Denied,
                $"Azure gives no token for Databricks: {OutcomeText.Line(Cause(fault), 300)}",
                $"Set DATABRICKS_TOKEN, or log in: {AzureLogin.Hint}"
            );
        }
    }

    // What Entra itself says stands behind general advice, or in an inner exception.
    private static string Cause(Exception fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner.Message.IndexOf("AADSTS", StringComparison.Ordinal) is >= 0 and int start)
            {
                return inner.Message[start..];
            }
        }

        return fault.Message;
    }
}
