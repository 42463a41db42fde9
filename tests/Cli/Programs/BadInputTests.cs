using System.Text.Json;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Programs;

public sealed class BadInputTests : IDisposable
{
    private const string Space = """ "space": {"x": {"uniform": [0, 1]}} """;
    private const string Trial = """ "trial": {"process": {"command": ["true"]}} """;

    private readonly Tool _tool = new();

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    public static TheoryData<string, string> Files { get; } =
        new()
        {
            { "", "an empty file" },
            { "[1]", "object" },
            { "{\"a\": 1,}", ":1:9: the study file must be JSON" },
            { "{ // why\n}", "JSON has no comments" },
            { "{\"space\": \n\n  nonsense}", ":3:4:" },
            { new string('[', 1000) + new string(']', 1000), "depth" },
            { """{"space": {"x": {"uniform": [0, 1e999]}}, "maxEvals": 3, TRIAL}""", "$.space.x" },
            { """{"space": {"x": {"unifrom": [0, 1]}}, "maxEvals": 3, TRIAL}""", "Did you mean 'uniform'?" },
            { """{SPACE, "maxEvals": 3, "maxEvals": 4, TRIAL}""", "'maxEvals' again" },
            { """{SPACE, "maxEval": 3, TRIAL}""", "Did you mean 'maxEvals'?" },
            { """{SPACE, TRIAL}""", "$.maxEvals" },
            { """{SPACE, "maxEvals": 3, "algo": "tpee", TRIAL}""", "Did you mean 'tpe'?" },
            { """{SPACE, "maxEvals": 3, "data": {"d": "no.csv"}, TRIAL}""", "$.data.d" },
            { """{SPACE, "maxEvals": 3, "trial": {"process": {"command": ["no-such"]}}}""", "'no-such'" },
            { """{SPACE, "maxEvals": 3, "trial": {"project": "no/Such.csproj"}}""", "$.trial.project" },
            { """{SPACE, "maxEvals": 3, "name": "\udead", TRIAL}""", "an escaped character above U+FFFF" },
            { """{SPACE, "maxEvals": 3, "trial": {"process": {"command": []}}}""", "needs a command" },
            {
                """{SPACE, "maxEvals": 3, "trial": {"process": {"command": ["sh", "a\u0000b"]}}}""",
                "command is a list"
            },
            {
                """{SPACE, "maxEvals": 3, "trial": {"process": {"command": ["sh"], "environment": {"A=B": "1"}}}}""",
                "without '='"
            },
            { """{SPACE, "maxEvals": 3, "trial": {"inProcess": {}}}""", "must be a program" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_bad_file_is_refused_with_its_problem_and_nothing_is_written(string text, string problem)
    {
        _tool.Folder.Write(
            "study.json",
            text.Replace("SPACE", Space, StringComparison.Ordinal).Replace("TRIAL", Trial, StringComparison.Ordinal)
        );

        ProgramEnd run = await _tool.RunAsync("run", "study.json", "--json");

        Assert.Equal((int)ExitCode.InvalidInput, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.NotEmpty(JsonElement.Parse(run.Output).GetProperty("problems").EnumerateArray());
        Assert.False(Directory.Exists(_tool.Store));
    }

    [Fact]
    public async Task Every_problem_is_listed_at_once()
    {
        _tool.Folder.Write(
            "study.json",
            """{"nam": "x", "space": {"a": {"unifrom": [0, 1]}, "b": {"uniform": [3, 1]}}, "algo": "tpee", "data": {"d": "no.csv"}, "trial": {"process": {"command": ["nope"]}}}"""
        );

        JsonElement result = await _tool.JsonAsync(ExitCode.InvalidInput, "validate", "study.json", "--json");

        string?[] paths =
        [
            .. result.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("path").GetString()),
        ];
        string[] expected =
        [
            "$.space.a.unifrom",
            "$.space.b.uniform",
            "$.nam",
            "$.algo",
            "$.data.d",
            "$.trial.process.command[0]",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_huge_file_is_refused_before_it_is_read()
    {
        using (FileStream file = File.Create(_tool.Folder["study.json"]))
        {
            file.SetLength(100 * 1024 * 1024);
        }

        ProgramEnd end = await _tool.RunAsync("validate", "study.json");

        Assert.Equal((int)ExitCode.InvalidInput, end.ExitCode);
        Assert.Contains("at most 4 MiB; got 104857600 bytes", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_no_file_is_told_apart()
    {
        _tool.Study(Tool.LossIsX);

        Assert.Contains(
            "Did you mean 'small.json'?",
            (await _tool.RunAsync("run", "smal.json")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("got a folder", (await _tool.RunAsync("run", ".")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_fault()
    {
        string text = await File.ReadAllTextAsync(_tool.Folder[_tool.Study(Tool.LossIsX)], Ending);
        await File.WriteAllTextAsync(_tool.Folder["bom.json"], $"\uFEFF{text}", Ending);

        JsonElement result = await _tool.JsonAsync(ExitCode.Done, "validate", "bom.json", "--json");

        Assert.True(result.GetProperty("valid").GetBoolean());
    }

    [Theory]
    [InlineData("run", "--help-me")]
    [InlineData("run", "small.json", "--max-evals", "0")]
    [InlineData("run", "small.json", "--max-evals", "many")]
    [InlineData("run", "small.json", "--parallelism", "0")]
    [InlineData("run", "small.json", "--seed", "-1")]
    [InlineData("run", "small.json", "--timeout", "0")]
    [InlineData("run", "small.json", "--id", "../escape")]
    [InlineData("run")]
    [InlineData("trials", "small", "--format", "xml")]
    [InlineData("rnu", "small.json")]
    public async Task A_command_line_that_is_not_understood_starts_nothing(params string[] arguments)
    {
        _tool.Study(Tool.LossIsX);

        ProgramEnd end = await _tool.RunAsync(arguments);

        Assert.Equal((int)ExitCode.InvalidInput, end.ExitCode);
        Assert.NotEqual("", end.Error);
        Assert.False(Directory.Exists(_tool.Store));
    }

    [Fact]
    public async Task A_study_that_is_not_there_is_said_so_with_the_nearest_one()
    {
        await _tool.RunAsync("run", _tool.Study(Tool.LossIsX, "\"maxEvals\": 1"), "--quiet");

        foreach (string verb in (string[])["show", "trials", "resume", "cancel"])
        {
            ProgramEnd end = await _tool.RunAsync(verb, "smal");
            Assert.Equal((int)ExitCode.InvalidInput, end.ExitCode);
            Assert.Contains("Did you mean 'small'?", end.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_broken_log_is_named_with_its_line()
    {
        await _tool.RunAsync("run", _tool.Study(Tool.LossIsX, "\"maxEvals\": 3"), "--quiet");
        string log = Path.Combine(_tool.Store, "studies", "small", "log", "000001.jsonl");
        string[] lines = await File.ReadAllLinesAsync(log, Ending);
        lines[2] = "nonsense";
        await File.WriteAllLinesAsync(log, lines, Ending);

        ProgramEnd show = await _tool.RunAsync("show", "small");
        ProgramEnd list = await _tool.RunAsync("list");

        Assert.Equal((int)ExitCode.Infrastructure, show.ExitCode);
        Assert.Contains("000001.jsonl", show.Error, StringComparison.Ordinal);
        Assert.Contains("line 3", show.Error, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Infrastructure, list.ExitCode);
    }
}
