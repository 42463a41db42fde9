using System.Text.Json;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Programs;

public sealed class ReplayTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_study_that_was_resumed_with_other_limits_comes_out_again()
    {
        string file = _tool.Study(
            Tool.LossIsX,
            "\"maxEvals\": 5, \"parallelism\": 2, \"pointsToEvaluate\": [{\"x\": 1.5}], \"explain\": true"
        );
        await _tool.RunAsync("run", file, "--quiet");
        await _tool.RunAsync("resume", "small", "--max-evals", "9", "--quiet");

        JsonElement replay = await _tool.JsonAsync(ExitCode.Done, "replay", "small", "--json");
        ProgramEnd text = await _tool.RunAsync("replay", "small");

        Assert.True(replay.GetProperty("equal").GetBoolean());
        Assert.Equal(9, replay.GetProperty("trials").GetInt32());
        Assert.Equal(1, replay.GetProperty("given").GetInt32());
        Assert.Contains("9 trials in ", text.Output, StringComparison.Ordinal);
        Assert.Contains(
            "1 of them given by the user; all come out again, to the last bit",
            text.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_log_with_one_changed_digit_does_not()
    {
        await _tool.RunAsync("run", _tool.Study(Tool.LossIsX), "--quiet");
        string log = Path.Join(_tool.Store, "studies/small/log/000001.jsonl");
        string lines = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        const string Value = "\"point\":{\"x\":1.";
        int digit = lines.IndexOf("\"number\":3,", StringComparison.Ordinal);
        digit = lines.IndexOf(Value, digit, StringComparison.Ordinal) + Value.Length + 4;
        string changed = string.Concat(
            lines.AsSpan(0, digit),
            lines[digit] == '1' ? "2" : "1",
            lines.AsSpan(digit + 1)
        );
        await File.WriteAllTextAsync(log, changed, TestContext.Current.CancellationToken);

        JsonElement replay = await _tool.JsonAsync(ExitCode.Different, "replay", "small", "--json");
        ProgramEnd text = await _tool.RunAsync("replay", "small");
        ProgramEnd other = await _tool.RunAsync("replay", "small", "--trial", "2");

        JsonElement difference = Assert.Single(replay.GetProperty("differences").EnumerateArray());
        Assert.Equal(
            (3, "x"),
            (difference.GetProperty("trial").GetInt32(), difference.GetProperty("what").GetString())
        );
        Assert.Contains("of 6 trials 1 come out otherwise", text.Output, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Done, other.ExitCode);
    }

    [Theory]
    [InlineData("--trial", "6", "There are trials 0 to 5.")]
    [InlineData("--why", "", "--why needs --trial N.")]
    public async Task What_cannot_be_shown_is_refused(string option, string value, string hint)
    {
        await _tool.RunAsync("run", _tool.Study(Tool.LossIsX), "--quiet");

        ProgramEnd end = await _tool.RunAsync([
            "replay",
            "small",
            option,
            .. value.Length > 0 ? [value] : (string[])[],
        ]);

        Assert.Equal((int)ExitCode.InvalidInput, end.ExitCode);
        Assert.Contains(hint, end.Error, StringComparison.Ordinal);
    }
}
