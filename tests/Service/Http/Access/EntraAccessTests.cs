using System.Text;
using System.Text.Json.Nodes;
using FunctionTune.Service.Http;
using FunctionTune.Service.Http.Access;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Tests.Http.Access;

public sealed class EntraAccessTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public static TheoryData<string> Wrong => [.. s_wrong.Keys];

    private static readonly Dictionary<string, Func<TestDirectory, string>> s_wrong = new(StringComparer.Ordinal)
    {
        ["another issuer"] = d => d.Token(c => c["iss"] = "https://login.microsoftonline.com/other/v2.0"),
        ["another directory"] = d => d.Token(c => c["tid"] = "other"),
        ["another service"] = d => d.Token(c => c["aud"] = "other"),
        ["expired"] = d => d.Token(c => c["exp"] = d.Now.AddMinutes(-6).ToUnixTimeSeconds()),
        ["without an end"] = d => d.Token(c => c.Remove("exp")),
        ["an endless end"] = d => d.Token(c => c["exp"] = long.MaxValue),
        ["not in force yet"] = d => d.Token(c => c["nbf"] = d.Now.AddMinutes(6).ToUnixTimeSeconds()),
        ["an unknown key"] = d => d.Token(header: h => h["kid"] = "two"),
        ["no key"] = d => d.Token(header: h => h.Remove("kid")),
        ["no algorithm"] = d => d.Token(header: h => h["alg"] = "none"),
        ["a key shared with callers"] = d => d.Token(header: h => h["alg"] = "HS256"),
        ["unsigned"] = d => d.Token()[..(d.Token().LastIndexOf('.') + 1)],
        ["changed"] = Changed,
        ["no token"] = _ => "abc",
        ["no Base64"] = _ => "a!.b!.c!",
        ["no JSON"] = _ => "YQ.YQ.YQ",
        ["no object"] = _ => "W10.W10.W10",
        ["too long"] = d => d.Token(c => c["x"] = new string('x', 20_000)),
        ["empty"] = _ => "",
    };

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_caller_may_do_what_their_roles_say()
    {
        EntraAccess access = _directory.Access();

        Assert.Null(await AskAsync(access, ApiRole.Read, _directory.Token()));
        Assert.Null(await AskAsync(access, ApiRole.Submit, _directory.Token()));
        ApiProblem? refused = await AskAsync(access, ApiRole.Cancel, _directory.Token());
        Assert.Equal(403, refused?.Status);
        Assert.Contains("study.cancel", refused!.Detail, StringComparison.Ordinal);
        Assert.Equal(1, _directory.Calls);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_token_that_proves_nothing_is_refused(string what)
    {
        ApiProblem? refused = await AskAsync(_directory.Access(), ApiRole.Read, s_wrong[what](_directory));

        Assert.Equal((401, "Bearer"), (refused!.Status, refused.Challenge));
    }

    [Fact]
    public async Task Nobody_in_particular_is_refused()
    {
        ApiProblem? refused = await _directory.Access().RefusalAsync(new DefaultHttpContext(), ApiRole.Read);

        Assert.Equal(401, refused?.Status);
    }

    [Fact]
    public async Task Tokens_of_both_versions_are_good()
    {
        string older = _directory.Token(claims =>
        {
            claims["iss"] = $"https://sts.windows.net/{TestDirectory.Tenant}/";
            claims["aud"] = $"api://{TestDirectory.Service}";
        });

        Assert.Null(await AskAsync(_directory.Access(), ApiRole.Read, older));
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_the_service_call_the_directory_again_and_again()
    {
        EntraAccess access = _directory.Access();
        for (int i = 0; i < 5; i++)
        {
            await AskAsync(access, ApiRole.Read, _directory.Token(header: h => h["kid"] = $"k{i}"));
        }

        Assert.Equal(1, _directory.Calls);
        _directory.Now += TimeSpan.FromMinutes(6);
        await AskAsync(access, ApiRole.Read, _directory.Token(header: h => h["kid"] = "k"));
        Assert.Equal(2, _directory.Calls);
    }

    [Fact]
    public async Task Known_keys_serve_while_the_directory_is_down()
    {
        EntraAccess access = _directory.Access();
        await AskAsync(access, ApiRole.Read, _directory.Token());
        _directory.IsDown = true;
        _directory.Now += TimeSpan.FromDays(2);

        Assert.Null(await AskAsync(access, ApiRole.Read, _directory.Token()));
    }

    [Fact]
    public async Task What_the_platform_tells_counts_only_where_it_is_trusted()
    {
        var principal = new JsonObject
        {
            ["auth_typ"] = "aad",
            ["role_typ"] = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
            ["claims"] = new JsonArray(
                new JsonObject { ["typ"] = "roles", ["val"] = "study.read" },
                new JsonObject { ["typ"] = "name", ["val"] = "study.submit" }
            ),
        };
        var context = new DefaultHttpContext();
        context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(principal.ToJsonString())
        );
        using var trusting = new TestDirectory
        {
            Options = new EntraOptions(TestDirectory.Tenant, TestDirectory.Service) { TrustsPrincipalHeader = true },
        };

        Assert.Null(await trusting.Access().RefusalAsync(context, ApiRole.Read));
        Assert.Equal(403, (await trusting.Access().RefusalAsync(context, ApiRole.Submit))?.Status);
        Assert.Equal(401, (await _directory.Access().RefusalAsync(context, ApiRole.Read))?.Status);
        context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = "bm8=";
        Assert.Equal(401, (await trusting.Access().RefusalAsync(context, ApiRole.Read))?.Status);
    }

    private static string Changed(TestDirectory directory)
    {
        string[] parts = directory.Token().Split('.');
        string body = TestDirectory.Encode(
            new JsonObject { ["aud"] = TestDirectory.Service, ["roles"] = new JsonArray("study.read") }
        );
        return $"{parts[0]}.{body}.{parts[2]}";
    }

    private static Task<ApiProblem?> AskAsync(EntraAccess access, ApiRole role, string token)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {token}";
        return access.RefusalAsync(context, role);
    }
}
