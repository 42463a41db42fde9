using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator;

namespace FunctionTune.Remote.Tests.Workspace;

/// <summary>Plain requests to a stand-in workspace.</summary>
internal sealed class WorkspaceClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly DatabricksWorkspace _workspace;

    public WorkspaceClient(DatabricksWorkspace workspace)
    {
        _workspace = workspace;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        _http = new HttpClient(handler) { BaseAddress = workspace.Url };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", workspace.Token);
    }

    public HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The body of a submit with one task, and what a test changes about it.</summary>
    public static JsonObject Submission(Action<JsonObject, JsonObject>? change = null)
    {
        var task = new JsonObject
        {
            ["task_key"] = "trial",
            ["existing_cluster_id"] = "0101-000000-emulator",
            ["spark_python_task"] = new JsonObject { ["python_file"] = "/Workspace/trial.py" },
        };
        var body = new JsonObject { ["run_name"] = "trial 1", ["tasks"] = new JsonArray(task) };
        change?.Invoke(body, task);
        return body;
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path, Token);
        return await ReadAsync(response);
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, JsonNode body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(path, content, Token);
        return await ReadAsync(response);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null) =>
        _http.SendAsync(new HttpRequestMessage(method, path) { Content = content }, Token);

    public Task<(int Status, JsonElement Body)> SubmitAsync(JsonObject body) =>
        PostAsync("/api/2.2/jobs/runs/submit", body);

    /// <summary>Submits a run that must be accepted.</summary>
    /// <returns>Its id.</returns>
    public async Task<long> SubmittedAsync(JsonObject body)
    {
        (int status, JsonElement answer) = await SubmitAsync(body);
        Assert.True(status == 200, answer.ToString());
        return answer.GetProperty("run_id").GetInt64();
    }

    /// <summary>Submits a run that must be accepted, and waits until it has ended.</summary>
    /// <returns>The run.</returns>
    public async Task<JsonElement> EndedAsync(JsonObject body)
    {
        long id = await SubmittedAsync(body);
        await _workspace.Runs.UntilAsync(runs => runs.All.Single(run => run.RunId == id) is { IsActive: false }, Token);
        return await RunAsync(id);
    }

    /// <summary>The states of a run or a task that has ended.</summary>
    public static (string? LifeCycle, string? Result) StateOf(JsonElement run)
    {
        JsonElement state = run.GetProperty("state");
        return (state.GetProperty("life_cycle_state").GetString(), state.GetProperty("result_state").GetString());
    }

    /// <summary>Code and type of the termination of a run or a task.</summary>
    public static (string? Code, string? Type) CodeOf(JsonElement run)
    {
        JsonElement details = run.GetProperty("status").GetProperty("termination_details");
        return (details.GetProperty("code").GetString(), details.GetProperty("type").GetString());
    }

    public async Task<JsonElement> RunAsync(long id)
    {
        (int status, JsonElement run) = await GetAsync(Path("get", id));
        Assert.Equal(200, status);
        return run;
    }

    public async Task<JsonElement> OutputAsync(JsonElement run)
    {
        long id = run.GetProperty("tasks")[0].GetProperty("run_id").GetInt64();
        (int status, JsonElement output) = await GetAsync(Path("get-output", id));
        Assert.Equal(200, status);
        return output;
    }

    public static string Path(string call, long id) =>
        string.Create(CultureInfo.InvariantCulture, $"/api/2.2/jobs/runs/{call}?run_id={id}");

    public void Dispose() => _http.Dispose();

    private static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage response)
    {
        HttpStatusCode status = response.StatusCode;
        return ((int)status, JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(Token)));
    }
}
