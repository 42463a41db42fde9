using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FunctionTune.LivyEmulator;
using FunctionTune.LivyEmulator.Batches;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Remote.Tests.Livy;

/// <summary>The stand-in speaks as Livy does.</summary>
public sealed class LivyServerTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private LivyServer _livy = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(ChildProgram.HasPython, "There is no python3.");
        _livy = await LivyServer.StartAsync(new LivyServerOptions { Slots = 1 }, Cancel);
        _http.BaseAddress = _livy.Url;
        _http.DefaultRequestHeaders.Add("X-Requested-By", "test");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await (_livy?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("{", "Unexpected character")]
    [InlineData("{}", "File is required")]
    [InlineData("""{"file": "/a.py", "argz": []}""", "Unrecognized field \"argz\"")]
    [InlineData("""{"file": "/a.py", "args": "x"}""", "Cannot deserialize")]
    [InlineData("""{"file": "/a.py", "args": [1]}""", "Cannot deserialize")]
    [InlineData("""{"file": "/a.py", "conf": {"a": 1}}""", "Cannot deserialize")]
    [InlineData("""{"file": "a.py"}""", "is not absolute")]
    public async Task What_Livy_would_not_take_is_refused(string body, string message)
    {
        (HttpStatusCode status, JsonElement answer) = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, answer.GetProperty("msg").GetString(), StringComparison.Ordinal);
        Assert.Empty(_livy.Batches.All);
    }

    [Fact]
    public async Task A_name_in_use_is_refused()
    {
        string body = Body("import time; time.sleep(100)", "\"name\": \"n\"");
        await PostAsync(body);

        (HttpStatusCode status, JsonElement answer) = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(
            "Rejected, Reason: Duplicate session name: Some(n) for session 1",
            answer.GetProperty("msg").GetString()
        );
    }

    [Fact]
    public async Task A_change_needs_the_header_against_forged_requests()
    {
        _http.DefaultRequestHeaders.Clear();

        using HttpResponseMessage refused = await _http.DeleteAsync("batches/0", Cancel);
        using HttpResponseMessage granted = await _http.GetAsync("batches", Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (refused.StatusCode, granted.StatusCode));
    }

    [Fact]
    public async Task A_batch_goes_from_starting_to_its_end_and_leaves_its_log()
    {
        await PostAsync(Body("import time; time.sleep(100)"));
        await PostAsync(Body("print('a'); print('b'); raise SystemExit(3)"));
        JsonElement waiting = await GetAsync("batches/1/state");
        using HttpResponseMessage deleted = await _http.DeleteAsync("batches/0", Cancel);
        await _livy.Batches.All.Single().UntilEndedAsync(Cancel);

        Assert.Equal("starting", waiting.GetProperty("state").GetString());
        Assert.Equal("dead", (await GetAsync("batches/1")).GetProperty("state").GetString());
        JsonElement log = await GetAsync("batches/1/log?from=1&size=2");
        Assert.Equal(4, log.GetProperty("total").GetInt32());
        Assert.Equal(["a", "b"], log.GetProperty("log").EnumerateArray().Select(line => line.GetString()));
        using HttpResponseMessage gone = await _http.GetAsync("batches/0", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task The_list_comes_in_pages_and_a_batch_is_found_by_its_name_too()
    {
        for (int i = 0; i < 5; i++)
        {
            await PostAsync(Body("", $"\"name\": \"b{i}\""));
        }

        JsonElement page = await GetAsync("batches?from=1&size=2");

        Assert.Equal(5, page.GetProperty("total").GetInt32());
        Assert.Equal(
            ["b1", "b2"],
            page.GetProperty("sessions").EnumerateArray().Select(batch => batch.GetProperty("name").GetString())
        );
        Assert.Equal(3, (await GetAsync("batches/b3")).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task A_batch_may_be_ended_by_its_cluster()
    {
        await PostAsync(Body("import time; time.sleep(100)"));

        _livy.Batches.End(0);
        await _livy.Batches.All.Single().UntilEndedAsync(Cancel);

        Assert.Equal(BatchState.Killed, _livy.Batches.All.Single().State);
    }

    private string Body(string program, string more = "\"args\": []")
    {
        string file = _folder.Write($"{Guid.NewGuid():N}.py", program);
        return $$"""{ "file": "{{file}}", {{more}} }""";
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync("batches", content, Cancel);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    private Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(path, Cancel);
}
