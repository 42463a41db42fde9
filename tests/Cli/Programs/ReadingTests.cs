using System.Text.Json;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Programs;

public sealed class ReadingTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_log_without_its_beginning_is_named()
    {
        await _tool.RunAsync("run", _tool.Study(Tool.LossIsX), "--quiet");
        string log = Path.Join(_tool.Store, "studies/small/log/000001.jsonl");
        string[] lines = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(log, lines[1..], TestContext.Current.CancellationToken);

        foreach (
            string[] command in (string[][])
                [
                    ["show", "small"],
                    ["list"],
                    ["resume", "small"],
                ]
        )
        {
            ProgramEnd end = await _tool.RunAsync(command);
            Assert.Equal((int)ExitCode.Infrastructure, end.ExitCode);
            Assert.Contains("line 1: a log begins with", end.Error, StringComparison.Ordinal);
            Assert.Equal("", end.Output);
        }
    }

    [Fact]
    public async Task A_finished_study_can_be_looked_at_in_every_way()
    {
        await _tool.RunAsync("run", _tool.Study(Tool.LossIsX, "\"maxEvals\": 3, \"parallelism\": 2"), "--quiet");

        ProgramEnd show = await _tool.RunAsync("show", "small");
        Assert.All(
            (string[])
                [
                    "best loss 1.",
                    "3 trials: 3 succeeded",
                    "stopped: all trials that maxEvals allows",
                    "kept in: .functiontune",
                ],
            part => Assert.Contains(part, show.Output, StringComparison.Ordinal)
        );
        ProgramEnd table = await _tool.RunAsync("trials", "small");
        Assert.Equal(4, table.Output.TrimEnd().Split('\n').Length);
        ProgramEnd csv = await _tool.RunAsync("trials", "small", "--format", "csv");
        Assert.Equal(4, csv.Output.TrimEnd().Split("\r\n").Length);
        ProgramEnd list = await _tool.RunAsync("list");
        Assert.Contains("3/3", list.Output, StringComparison.Ordinal);

        JsonElement trials = await _tool.JsonAsync(ExitCode.Done, "trials", "small", "--format", "json");
        JsonElement first = trials[0];
        Assert.Equal(
            (0, "succeeded", 1, "rand"),
            (
                first.GetProperty("number").GetInt32(),
                first.GetProperty("state").GetString(),
                first.GetProperty("attempts").GetInt32(),
                first.GetProperty("source").GetString()
            )
        );
        Assert.InRange(first.GetProperty("seconds").GetDouble(), 0, 60);
    }

    [Fact]
    public async Task A_study_of_a_schedule_tells_what_became_of_the_champion()
    {
        const string Limits = """
            "maxEvals": 2, "pointsToEvaluate": [{ "x": 1.5 }, { "x": 1.25 }],
            "origin": { "schedule": "nightly", "at": "2026-01-31T02:00:00Z", "previous": "sched-nightly-202601300200",
                        "champion": { "trial": 4, "loss": 1.0 }, "points": 1 }
            """;
        await _tool.RunAsync("run", _tool.Study(Tool.LossIsX, Limits), "--quiet");

        ProgramEnd show = await _tool.RunAsync("show", "small");
        JsonElement document = await _tool.JsonAsync(ExitCode.Done, "show", "small", "--json");

        string text = document.GetProperty("schedule").GetProperty("text").GetString()!;
        Assert.Contains("is replaced by trial 1: 1.25 against 1.5 now, better by 0.25", text, StringComparison.Ordinal);
        Assert.Contains($"schedule nightly: {text}", show.Output, StringComparison.Ordinal);
        Assert.Equal("replaced", document.GetProperty("schedule").GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_empty_and_stays_so()
    {
        JsonElement list = await _tool.JsonAsync(ExitCode.Done, "list", "--json", "--store", "nowhere");

        Assert.Equal(0, list.GetArrayLength());
        Assert.False(Directory.Exists(_tool.Folder["nowhere"]));
    }

    [Fact]
    public async Task Errors_are_one_document_too_when_JSON_is_wanted()
    {
        JsonElement error = await _tool.JsonAsync(ExitCode.InvalidInput, "trials", "none", "--format", "json");
        Assert.Contains("problem", error.GetProperty("error").GetString(), StringComparison.Ordinal);
        await _tool.JsonAsync(ExitCode.InvalidInput, "rnu", "--json");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("resume")]
    [InlineData("list")]
    [InlineData("show")]
    [InlineData("trials")]
    [InlineData("cancel")]
    [InlineData("validate")]
    [InlineData("ask-tell")]
    public async Task Every_verb_explains_itself_with_examples(string verb)
    {
        ProgramEnd end = await _tool.RunAsync(verb, "--help");

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Contains("Examples:", end.Output, StringComparison.Ordinal);
        Assert.Contains(verb, end.Output, StringComparison.Ordinal);
    }
}
