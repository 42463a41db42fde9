using System.Globalization;
using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using FunctionTune.Remote.Blobs;

namespace FunctionTune.Remote.Tests.Blobs;

/// <summary>What Azure does that Azurite does not: it knows identities, and gives them keys to sign with.</summary>
internal sealed class FakeAzure : HttpMessageHandler
{
    /// <summary>How long a key lives at most.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);

    /// <summary>What time it is.</summary>
    public SettableClock Clock { get; } = new();

    /// <summary>The code with which all requests are refused; null to answer them.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether anybody is logged in.</summary>
    public bool IsLoggedIn { get; init; } = true;

    /// <summary>How many keys were given.</summary>
    public int Keys { get; private set; }

    /// <summary>A container of an account, spoken to by identity.</summary>
    public BlobFolder Open(Func<string, string?>? environment = null) =>
        BlobFolder.Open(
            BlobPlace.Parse("abfss://data@lab.dfs.core.windows.net/p", "$.staging"),
            environment ?? (_ => null),
            () => new Login(this),
            options => options.Transport = new HttpClientTransport(this)
        );

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Answer();

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) => Task.FromResult(Answer());

    private HttpResponseMessage Answer()
    {
        if (Refusal is not null)
        {
            string error =
                $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{Refusal}</Code><Message>No.</Message></Error>";
            return new HttpResponseMessage(HttpStatusCode.Forbidden)
            {
                Content = new StringContent(error, Encoding.UTF8, "application/xml"),
            };
        }

        Keys++;
        DateTimeOffset now = Clock.GetUtcNow();
        string key = $"""
            <?xml version="1.0" encoding="utf-8"?><UserDelegationKey><SignedOid>11111111-1111-1111-1111-111111111111</SignedOid>
            <SignedTid>22222222-2222-2222-2222-222222222222</SignedTid><SignedStart>{Text(now)}</SignedStart>
            <SignedExpiry>{Text(now + LongestLife)}</SignedExpiry><SignedService>b</SignedService>
            <SignedVersion>2023-08-03</SignedVersion><Value>aGVsbG8=</Value></UserDelegationKey>
            """;
        return new HttpResponseMessage { Content = new StringContent(key, Encoding.UTF8, "application/xml") };
    }

    private static string Text(DateTimeOffset time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>A clock that stands still until it is set.</summary>
    internal sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Login(FakeAzure azure) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            azure.IsLoggedIn
                ? new AccessToken("token", DateTimeOffset.MaxValue)
                : throw new CredentialUnavailableException("Nobody is logged in.");

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => new(GetToken(requestContext, cancellationToken));
    }
}
