using System.Net;
using System.Text.Json;
using FunctionTune.Cli.Tests.Programs;
using FunctionTune.Testing.Processes;
using FunctionTune.Testing.Service;

namespace FunctionTune.Cli.Tests.Serving;

/// <summary><c>serve</c> as people start, interrupt and kill it.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task A_study_goes_on_where_the_service_ended(string signal)
    {
        string id;
        using (RunningTool first = _tool.Start("serve", "--port", "0"))
        {
            using HttpClient client = await ClientAsync(first);
            id = await client.SubmitAsync(ApiCalls.Study(maxEvals: 12, seconds: 0.3));
            await client.UntilAsync(id, study => Count(study, "succeeded") >= 2);
            await first.SignalAsync(signal);
            Assert.Equal(signal is "INT" ? 0 : 137, (await first.EndAsync()).ExitCode);
        }

        using RunningTool second = _tool.Start("serve", "--port", "0");
        using HttpClient again = await ClientAsync(second);
        JsonElement study = await again.UntilAsync(id, s => s.HasStatus("ended"));

        Assert.Equal(12, Count(study, "succeeded"));
        JsonElement shown = await _tool.JsonAsync(ExitCode.Done, "show", id, "--json");
        Assert.Equal("maxEvals", shown.GetProperty("stopReason").GetString());
    }

    [Fact]
    public async Task Programs_of_this_machine_are_trials_too_and_their_paths_start_where_the_service_was_started()
    {
        _tool.Folder.Write("loss.sh", "echo 0.25");
        using RunningTool serve = _tool.Start("serve", "--port", "0");
        using HttpClient client = await ClientAsync(serve);

        string id = await client.SubmitAsync(
            """{"space":{"x":{"uniform":[0,1]}},"maxEvals":2,"trial":{"process":{"command":["sh","{trial}/loss.sh"]}}}"""
        );

        JsonElement study = await client.UntilAsync(id, s => s.HasStatus("ended"));
        Assert.Equal(0.25, study.GetProperty("best").GetProperty("loss").GetDouble());
    }

    [Fact]
    public async Task A_study_that_cannot_be_prepared_is_refused_with_its_problems()
    {
        using RunningTool serve = _tool.Start("serve", "--port", "0");
        using HttpClient client = await ClientAsync(serve);

        string id = await client.SubmitAsync(
            """{"space":{"x":{"uniform":[0,1]}},"maxEvals":2,"data":{"d":"none.csv"},"trial":{"process":{"command":["true"]}}}"""
        );

        JsonElement study = await client.UntilAsync(id, s => s.HasStatus("refused"));
        Assert.Equal("$.data.d", study.GetProperty("problems")[0].GetProperty("path").GetString());
        await client.SendAsync(HttpMethod.Post, $"/api/studies/{id}/cancel").ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_a_schedule_is_due_for_is_begun()
    {
        _tool.Folder.Write(
            ".functiontune/schedules/often.json",
            $$"""{"cron":"0 * * * * *","study":{{ApiCalls.Study("often", maxEvals: 2)}}}"""
        );
        using RunningTool serve = _tool.Start("serve", "--port", "0");
        using HttpClient client = await ClientAsync(serve);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        string? begun = null;
        while (begun is null)
        {
            JsonElement page = await client.SendAsync(HttpMethod.Get, "/api/studies").JsonAsync();
            begun = page.GetProperty("studies").EnumerateArray().FirstOrDefault()
                is { ValueKind: JsonValueKind.Object } s
                ? s.GetProperty("id").GetString()
                : null;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }

        Assert.StartsWith("sched-often-", begun, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bind", "0.0.0.0")]
    [InlineData("--token", "short")]
    [InlineData("--port", "70000")]
    [InlineData("--bind", "nowhere")]
    public async Task What_would_be_reached_without_a_token_is_not_served(string option, string value)
    {
        ProgramEnd end = await _tool.RunAsync("serve", option, value);

        Assert.Equal((int)ExitCode.InvalidInput, end.ExitCode);
        Assert.Contains(option, end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using RunningTool first = _tool.Start("serve", "--port", "0");
        using HttpClient client = await ClientAsync(first);

        ProgramEnd end = await _tool.RunAsync("serve", "--port", $"{client.BaseAddress!.Port}");

        Assert.Equal((int)ExitCode.Infrastructure, end.ExitCode);
        Assert.Contains("--port", end.Error, StringComparison.Ordinal);
    }

    private static async Task<HttpClient> ClientAsync(RunningTool serve)
    {
        string line = await serve.ReadAsync() ?? "";
        Assert.Contains(" at http://", line, StringComparison.Ordinal);
        var address = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]);
        return new HttpClient { BaseAddress = new Uri(address, "/") };
    }

    private static int Count(JsonElement study, string state) =>
        study.TryGetProperty("counts", out JsonElement counts) ? counts.GetProperty(state).GetInt32() : 0;
}
