using System.Net;
using System.Net.Sockets;
using System.Text;
using FunctionTune.Service.Http;
using FunctionTune.Testing;
using FunctionTune.Testing.Service;

namespace FunctionTune.Cli.Tests.Serving;

/// <summary>
/// Whatever is sent: no failure of the service, no trace of its code, no file outside the store, every refusal a problem
/// document.
/// </summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServedStore _served = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _served = await ServedStore.StartAsync(_folder["inner/store"]);
        await _served.Client.SubmitAsync(ApiCalls.Study(), "known");
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Ids_and_queries_of_all_kinds()
    {
        foreach (ApiEndpoint endpoint in StudyEndpoints.All)
        {
            IEnumerable<string> paths = endpoint.Route.Contains("{id}", StringComparison.Ordinal)
                ? HostileRequests.Ids.Select(id => endpoint.Route.Replace("{id}", id, StringComparison.Ordinal))
                : [endpoint.Route];
            foreach (string path in paths)
            {
                await SendAsync(endpoint.Method, $"/api/{path}", "{}"u8.ToArray());
            }

            string known = endpoint.Route.Replace("{id}", "known", StringComparison.Ordinal);
            foreach (string query in HostileRequests.Queries)
            {
                await SendAsync(endpoint.Method, $"/api/{known}?{query}", "{}"u8.ToArray());
            }
        }

        AssertNothingOutside();
    }

    [Fact]
    public async Task Bodies_and_types_of_all_kinds()
    {
        foreach (ApiEndpoint endpoint in StudyEndpoints.All.Where(e => e.Method is not "GET"))
        {
            string path = $"/api/{endpoint.Route.Replace("{id}", "known", StringComparison.Ordinal)}";
            foreach (string body in HostileRequests.Bodies)
            {
                await SendAsync(endpoint.Method, path, Encoding.UTF8.GetBytes(body));
            }

            foreach (string? type in HostileRequests.ContentTypes)
            {
                await SendAsync(endpoint.Method, path, "{}"u8.ToArray(), type);
            }
        }

        AssertNothingOutside();
    }

    [Fact]
    public async Task Bodies_of_which_some_bytes_are_others()
    {
        var random = new Random(20_260_101);
        for (int i = 0; i < 1500; i++)
        {
            await SendAsync("POST", "/api/validate", HostileRequests.Mutated(ApiCalls.Study(), random));
            await SendAsync("PATCH", "/api/studies/known", HostileRequests.Mutated("""{"maxEvals":4}""", random));
        }

        AssertNothingOutside();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../../x")]
    [InlineData("x\ty")]
    public async Task Keys_of_all_kinds(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/studies");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        request.Content = new StringContent(ApiCalls.Study("keyed"), Encoding.UTF8, "application/json");

        using HttpResponseMessage answer = await _served.Client.SendAsync(request, Cancel);

        Assert.InRange((int)answer.StatusCode, 200, 499);
        AssertNothingOutside();
    }

    [Theory]
    [InlineData("GET /api/studies HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n")]
    [InlineData("GET /api/studies/a\rX-Injected: 1 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/studies HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")]
    [InlineData("GET /api/studies HTTP/1.1\r\n\r\n")]
    [InlineData("GET /api/../../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")]
    [InlineData("GET http://evil.example/api/studies HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")]
    [InlineData(
        "POST /api/studies HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n{}"
    )]
    [InlineData(
        "POST /api/studies HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
    )]
    [InlineData(
        "POST /api/studies HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    )]
    public async Task Requests_that_break_the_rules_of_http(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _served.Client.BaseAddress!.Port, Cancel);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), Cancel);
        socket.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);

        string answer = await reader.ReadToEndAsync(Cancel);

        Assert.Matches("^(HTTP/1.1 4[0-9][0-9] |$)", answer);
        AssertNoTrace(answer);
        Assert.DoesNotContain("X-Injected", answer, StringComparison.Ordinal);
        AssertNothingOutside();
    }

    [Fact]
    public async Task What_no_endpoint_answers_is_a_problem_document()
    {
        await _served.Client.SendAsync(HttpMethod.Get, "/api/nothing").ProblemAsync(HttpStatusCode.NotFound);
        await _served.Client.SendAsync(HttpMethod.Delete, "/api/studies").ProblemAsync(HttpStatusCode.MethodNotAllowed);
    }

    private async Task SendAsync(string method, string path, byte[] body, string? type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new ByteArrayContent(body);
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using HttpResponseMessage answer = await _served.Client.SendAsync(request, Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        string what =
            $"{method} {path[..Math.Min(path.Length, 100)]} {Encoding.UTF8.GetString(body[..Math.Min(body.Length, 200)])}";
        Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} for {what}: {text}");
        Assert.True(
            (int)answer.StatusCode < 400
                || answer.Content.Headers.ContentType?.MediaType is "application/problem+json"
                || (answer.StatusCode == HttpStatusCode.BadRequest && text.Length == 0),
            $"no problem document for {what}: {text}"
        );
        AssertNoTrace(text);
        Assert.False(answer.Headers.Contains("X-Injected"), what);
    }

    private static void AssertNoTrace(string text)
    {
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    private void AssertNothingOutside()
    {
        Assert.Equal([_folder["inner"]], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal([_folder["inner/store"]], Directory.GetFileSystemEntries(_folder["inner"]));
        Assert.All(
            Directory.GetFileSystemEntries(_folder["inner/store"]),
            entry => Assert.Contains(Path.GetFileName(entry), (string[])["studies", "idempotency"])
        );
    }
}
