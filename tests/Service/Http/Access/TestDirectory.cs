using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FunctionTune.Service.Http.Access;

namespace FunctionTune.Service.Tests.Http.Access;

/// <summary>A directory that issues tokens, and answers the call for its keys.</summary>
internal sealed class TestDirectory : HttpMessageHandler
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string Service = "99999999-8888-7777-6666-000000000000";

    private readonly RSA _key = RSA.Create(2048);

    public TestDirectory() => Now = new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; }

    public int Calls { get; private set; }

    public bool IsDown { get; set; }

    public EntraOptions Options { get; init; } = new(Tenant, Service);

    public EntraAccess Access()
    {
        var time = new Clock(this);
        return new EntraAccess(
            Options,
            new EntraTokens(Options, new EntraKeys(Options, new HttpClient(this), time), time)
        );
    }

    /// <summary>A token of somebody with all roles, changed as asked.</summary>
    public string Token(Action<JsonObject>? claims = null, Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["alg"] = "RS256", ["kid"] = "one" };
        var body = new JsonObject
        {
            ["iss"] = $"https://login.microsoftonline.com/{Tenant}/v2.0",
            ["aud"] = Service,
            ["tid"] = Tenant,
            ["nbf"] = Now.AddMinutes(-1).ToUnixTimeSeconds(),
            ["exp"] = Now.AddHours(1).ToUnixTimeSeconds(),
            ["roles"] = new JsonArray("study.read", "study.submit"),
        };
        header?.Invoke(head);
        claims?.Invoke(body);
        string content = $"{Encode(head)}.{Encode(body)}";
        byte[] signature = _key.SignData(
            Encoding.ASCII.GetBytes(content),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Base64 of JSON, as parts of a token are.</summary>
    public static string Encode(JsonNode json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Calls++;
        Assert.Equal(
            $"https://login.microsoftonline.com/{Tenant}/discovery/v2.0/keys",
            request.RequestUri!.AbsoluteUri
        );
        RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
        var keys = new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "RSA",
                    ["use"] = "sig",
                    ["kid"] = "one",
                    ["n"] = Base64Url.EncodeToString(key.Modulus),
                    ["e"] = Base64Url.EncodeToString(key.Exponent),
                }
            ),
        };
        return Task.FromResult(
            IsDown
                ? new HttpResponseMessage(HttpStatusCode.BadGateway)
                : new HttpResponseMessage { Content = new StringContent(keys.ToJsonString()) }
        );
    }

    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Clock(TestDirectory directory) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => directory.Now;
    }
}
