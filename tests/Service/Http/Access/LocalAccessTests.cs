using FunctionTune.Service.Http;
using FunctionTune.Service.Http.Access;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Tests.Http.Access;

public sealed class LocalAccessTests
{
    private const string Token = "a-token-of-some-length";

    [Theory]
    [InlineData("localhost:8765", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.0.0.1:8765", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("[::1]:8765", true)]
    [InlineData("evil.example:8765", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("", false)]
    public async Task Without_a_token_only_names_of_this_machine_lead_here(string host, bool isAllowed) =>
        Assert.Equal(isAllowed ? null : 403, await StatusAsync(null, request => request.Host = new HostString(host)));

    [Theory]
    [InlineData("Origin", "http://localhost:8765", true)]
    [InlineData("Origin", "http://localhost:9999", false)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    public async Task Pages_of_other_sites_are_refused(string header, string value, bool isAllowed)
    {
        Assert.Equal(isAllowed ? null : 403, await StatusAsync(null, request => request.Headers[header] = value));
        Assert.Equal(
            isAllowed ? null : 403,
            await StatusAsync(
                Token,
                request =>
                {
                    request.Headers[header] = value;
                    request.Headers.Authorization = $"Bearer {Token}";
                }
            )
        );
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer a-token-of-some-lengtH", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Basic a-token-of-some-length", 401)]
    [InlineData("a-token-of-some-length", 401)]
    [InlineData("Bearer a-token-of-some-length", null)]
    [InlineData("bearer  a-token-of-some-length", null)]
    public async Task With_a_token_callers_send_it(string? authorization, int? status) =>
        Assert.Equal(
            status,
            await StatusAsync(
                Token,
                request =>
                {
                    request.Host = new HostString("tuner.example");
                    request.Headers.Authorization = authorization;
                }
            )
        );

    private static async Task<int?> StatusAsync(string? token, Action<HttpRequest> change)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("localhost:8765");
        change(context.Request);
        return (await new LocalAccess(token).RefusalAsync(context, ApiRole.Cancel))?.Status;
    }
}
