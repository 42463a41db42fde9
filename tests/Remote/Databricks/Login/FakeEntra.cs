using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionTune.Remote.Tests.Databricks.Login;

/// <summary>
/// What gives tokens to service principals, and beside it a Key Vault with one secret: a server on this machine that the libraries
/// of Azure speak to as to the real ones.
/// </summary>
internal sealed class FakeEntra : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate = Certificate();
    private Uri _address = null!;

    private FakeEntra()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Azure.Identity speaks to nothing but https.
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        _app.MapPost("/tenant-1/oauth2/v2.0/token", (Delegate)GiveTokenAsync);
        _app.MapGet("/secrets/databricks", (Delegate)GiveSecret);
    }

    /// <summary>The secret of the service principal.</summary>
    public string ClientSecret { get; set; } = "right";

    /// <summary>The secret that lies in the vault; null when this identity may not read it.</summary>
    public string? Secret { get; set; } = "dapi-1";

    /// <summary>How long a token lasts.</summary>
    public TimeSpan Life { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The scopes for which tokens were given, in order.</summary>
    public ConcurrentQueue<string> Given { get; } = [];

    /// <summary>The address of the secret.</summary>
    public Uri SecretPlace { get; private set; } = null!;

    public static async Task<FakeEntra> StartAsync(CancellationToken cancellationToken)
    {
        var entra = new FakeEntra();
        await entra._app.StartAsync(cancellationToken);
        ICollection<string> addresses = entra
            ._app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses;
        entra._address = new Uri(addresses.Single(a => a.StartsWith("https", StringComparison.Ordinal)));
        entra.SecretPlace = new Uri(
            $"{addresses.Single(a => a.StartsWith("http:", StringComparison.Ordinal))}/secrets/databricks?ignored=1"
        );
        return entra;
    }

    /// <summary>A service principal that logs in here.</summary>
    public TokenCredential Principal() =>
        new ClientSecretCredential(
            "tenant-1",
            "client-1",
            "right",
            new ClientSecretCredentialOptions
            {
                AuthorityHost = _address,
                DisableInstanceDiscovery = true,
                Retry = { MaxRetries = 0 },
                Transport = new HttpClientTransport(
                    new HttpClient(
                        new SocketsHttpHandler
                        {
                            SslOptions = new SslClientAuthenticationOptions
                            {
                                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                                    shown?.GetCertHashString() == _certificate.GetCertHashString(),
                            },
                        }
                    )
                ),
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task<IResult> GiveTokenAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["client_id"] != "client-1" || form["client_secret"] != ClientSecret)
        {
            return Results.Json(
                new { error = "invalid_client", error_description = "AADSTS7000215: Invalid client secret provided." },
                statusCode: StatusCodes.Status401Unauthorized
            );
        }

        string scope = form["scope"]!;
        Given.Enqueue(scope);
        return Results.Json(
            new
            {
                token_type = "Bearer",
                expires_in = (int)Life.TotalSeconds,
                access_token = $"{Given.Count} for {scope}",
            }
        );
    }

    private IResult GiveSecret(HttpContext context)
    {
        bool isAsked =
            context.Request.Query["api-version"] == "7.4"
            && context
                .Request.Headers.Authorization.ToString()
                .EndsWith(" for https://vault.azure.net/.default", StringComparison.Ordinal);
        return isAsked && Secret is not null
            ? Results.Json(new { value = Secret })
            : Results.Json(new { error = "Forbidden" }, statusCode: StatusCodes.Status403Forbidden);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
