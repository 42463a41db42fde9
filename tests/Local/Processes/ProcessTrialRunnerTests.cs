using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Local.Processes;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Local.Tests.Processes;

public sealed class ProcessTrialRunnerTests : IAsyncDisposable
{
    private const string ToResult = "cd \"$(dirname \"$FUNCTIONTUNE_TRIAL\")\"\n";

    private readonly ScriptRunner _scripts = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scripts.DisposeAsync();

    [Fact]
    public async Task A_program_is_told_its_trial_by_a_file()
    {
        await EndAsync("cat \"$FUNCTIONTUNE_TRIAL\"; pwd");

        using JsonDocument told = JsonDocument.Parse(
            await File.ReadAllTextAsync(_scripts.AttemptFile("trial.json"), Cancel)
        );
        JsonElement trial = told.RootElement;
        Assert.Equal("study", trial.GetProperty("study").GetString());
        Assert.Equal((0, 1), (trial.GetProperty("trial").GetInt32(), trial.GetProperty("attempt").GetInt32()));
        Assert.Equal(1.5, trial.GetProperty("params").GetProperty("x").GetDouble());
        Assert.Equal("rbf", trial.GetProperty("params").GetProperty("kernel").GetProperty("kind").GetString());
        Assert.Equal("/data/é.csv", trial.GetProperty("data").GetProperty("train").GetProperty("uri").GetString());
        Assert.Equal(3, trial.GetProperty("data").GetProperty("train").GetProperty("bytes").GetInt64());
        Assert.Equal(_scripts.AttemptFile("result.json"), trial.GetProperty("result").GetString());
        Assert.Equal(_scripts.AttemptFile("progress.jsonl"), trial.GetProperty("progress").GetString());
        string output = await File.ReadAllTextAsync(_scripts.AttemptFile("output.txt"), Cancel);
        Assert.EndsWith($"{_scripts.AttemptFile("work")}\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 1; echo '{\"loss\": 0.25, \"metrics\": {\"auc\": 0.5}}'; echo; echo later >&2", 0.25)]
    [InlineData("printf 0.25", 0.25)]
    [InlineData(ToResult + "echo 0.25 > result.json; echo 7", 0.25)]
    [InlineData(ToResult + "> result.json; echo 7", 7)]
    [InlineData("cat > /dev/null; echo 7", 7)]
    [InlineData(ToResult + "mkfifo result.json progress.jsonl; echo 7", 7)]
    [InlineData(ToResult + "mkfifo pipe; ln -s pipe result.json; echo 7", 7)]
    [InlineData("head -c 3000000 /dev/zero | tr '\\0' 'x'; echo; echo 7", 7)]
    [InlineData("head -c 100000 /dev/urandom; echo; echo 7", 7)]
    public async Task A_result_is_the_result_file_or_else_the_last_line_of_standard_output(string script, double loss)
    {
        Assert.Equal(loss, Assert.IsType<TrialOutcome.Succeeded>(await EndAsync(script)).Result.Loss);
    }

    [Theory]
    [InlineData(
        "echo Traceback; echo '  at line 3'; echo 'ValueError: bad gamma'; exit 1",
        FailureKind.ExitCode,
        "exit code 1: ValueError: bad gamma"
    )]
    [InlineData("echo 0.5; exit 4", FailureKind.ExitCode, "exit code 4: 0.5")]
    [InlineData("exit 3", FailureKind.ExitCode, "exit code 3, without any output")]
    [InlineData("kill -9 $$", FailureKind.Killed, "exit code 137 (SIGKILL), often out of memory")]
    [InlineData("exit 137", FailureKind.Killed, "exit code 137 (SIGKILL), often out of memory")]
    [InlineData("kill -15 $$", FailureKind.Killed, "exit code 143 (SIGTERM)")]
    [InlineData("kill -SEGV $$", FailureKind.ExitCode, "exit code 139 (SIGSEGV), without any output")]
    [InlineData(
        "true",
        FailureKind.NoResult,
        "the program ended without a result: it wrote no result file and printed nothing"
    )]
    [InlineData(
        "echo trained",
        FailureKind.InvalidResult,
        "a result must be a number or a JSON object, but got trained"
    )]
    [InlineData("echo nan", FailureKind.NanLoss, "the loss was NaN")]
    [InlineData("echo '{\"loss\": -Infinity}'", FailureKind.InfiniteLoss, "the loss was -Infinity")]
    [InlineData(
        "echo '{\"status\": \"ok\"}'",
        FailureKind.InvalidResult,
        "a result needs a loss, but got {\"status\":\"ok\"}"
    )]
    [InlineData(
        ToResult + "printf '{\"lo' > result.json; exit 1",
        FailureKind.ExitCode,
        "exit code 1, without any output"
    )]
    [InlineData(
        ToResult + "echo '{\"status\":\"fail\",\"message\":\"too slow\"}' > result.json; exit 1",
        FailureKind.Reported,
        "too slow"
    )]
    [InlineData(
        "head -c 10000000 /dev/zero | tr '\\0' 'x'",
        FailureKind.InvalidResult,
        "a result must have at most 1048576 bytes, but got 1048577"
    )]
    public async Task Each_way_to_fail_has_its_kind_and_its_cause(string script, FailureKind kind, string message)
    {
        TrialOutcome.Failed failure = Assert.IsType<TrialOutcome.Failed>(await EndAsync(script));

        Assert.Equal((kind, message), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task The_detail_of_a_failure_is_the_end_of_the_output()
    {
        TrialOutcome.Failed failure = Assert.IsType<TrialOutcome.Failed>(
            await EndAsync("(seq 100000; echo broken) >&2; exit 1")
        );

        Assert.EndsWith("99999\n100000\nbroken", failure.Detail, StringComparison.Ordinal);
        Assert.Equal(OutcomeText.MaxDetail, failure.Detail!.Length);
    }

    [Theory]
    [InlineData("exit 7", "exit code 7")]
    [InlineData("kill -9 $$", "exit code 137 (SIGKILL)")]
    public async Task A_result_that_was_written_before_a_crash_counts_with_a_note(string crash, string name)
    {
        TrialOutcome outcome = await EndAsync($"{ToResult}echo 0.5 > result.json; {crash}");

        TrialResult result = Assert.IsType<TrialOutcome.Succeeded>(outcome).Result;
        Assert.Equal((0.5, $"the program ended with {name} after it wrote this result"), (result.Loss, result.Note));
    }

    [Fact]
    public async Task A_result_that_was_written_before_the_timeout_counts_with_a_note()
    {
        ProcessTrialRunner runner = _scripts.Shell($"{ToResult}echo 0.5 > result.json; sleep 1000");

        TrialOutcome outcome = await runner.EndAsync(RunnerWatch.Start(timeout: TimeSpan.FromSeconds(1)));

        TrialResult result = Assert.IsType<TrialOutcome.Succeeded>(outcome).Result;
        Assert.Equal("the program was ended at its timeout of 00:00:01 after it wrote this result", result.Note);
    }

    [Fact]
    public async Task Much_output_is_kept_in_part_and_holds_nobody_up()
    {
        TrialOutcome outcome = await EndAsync("echo begin; head -c 10000000 /dev/zero | tr '\\0' 'x'; echo; echo 0.5");

        Assert.IsType<TrialOutcome.Succeeded>(outcome);
        string kept = await File.ReadAllTextAsync(_scripts.AttemptFile("output.txt"), Cancel);
        Assert.InRange(kept.Length, 1_048_576, 1_048_576 + 100);
        Assert.StartsWith("begin\nxxx", kept, StringComparison.Ordinal);
        Assert.EndsWith("xxx\n0.5\n", kept, StringComparison.Ordinal);
        Assert.Contains($"\n... {10_000_011 - 1_048_576} bytes left out ...\n", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_and_output_are_kept_in_one_file()
    {
        await EndAsync("echo one; echo two >&2; echo 3");

        string[] kept = await File.ReadAllLinesAsync(_scripts.AttemptFile("output.txt"), Cancel);
        Assert.Equal("3 one two", string.Join(' ', kept.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("no-such-program", "the command 'no-such-program' was not found on PATH")]
    [InlineData("{trial}/none.sh", "was not found: there is no file")]
    [InlineData("./none.sh", "the command './none.sh' was not found: there is no file")]
    [InlineData("{trial}/plain.txt", "is not executable: run 'chmod +x")]
    public async Task A_command_that_cannot_be_run_is_named(string command, string message)
    {
        _scripts.Folder.Write("programs/plain.txt", "plain");

        TrialOutcome outcome = await _scripts.Command(command).EndAsync(RunnerWatch.Start());

        TrialOutcome.Failed failure = Assert.IsType<TrialOutcome.Failed>(outcome);
        Assert.Equal(FailureKind.CouldNotStart, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_whose_interpreter_is_missing_could_not_be_started()
    {
        string script = _scripts.Folder.Write("programs/odd.sh", "#!/no/such/interpreter\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        TrialOutcome outcome = await _scripts.Command("{trial}/odd.sh").EndAsync(RunnerWatch.Start());

        Assert.Equal(FailureKind.CouldNotStart, Assert.IsType<TrialOutcome.Failed>(outcome).Kind);
    }

    [Fact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        ProcessTrialRunner runner = _scripts.Command(
            "/bin/sh",
            "-c",
            "echo \"$2\" > $FUNCTIONTUNE_TRIAL.arg; echo 1",
            "x",
            "y",
            "$(id) 'a' \"b\" *"
        );

        await runner.EndAsync(RunnerWatch.Start());

        Assert.Equal(
            "$(id) 'a' \"b\" *\n",
            await File.ReadAllTextAsync(_scripts.AttemptFile("trial.json.arg"), Cancel)
        );
    }

    [Fact]
    public async Task A_hundred_trials_run_side_by_side()
    {
        ProcessTrialRunner runner = _scripts.Shell("echo 1");
        TrialOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(trial => runner.EndAsync(RunnerWatch.Start(trial)))
        );

        Assert.All(outcomes, outcome => Assert.IsType<TrialOutcome.Succeeded>(outcome));
    }

    private Task<TrialOutcome> EndAsync(string script) => _scripts.Shell(script).EndAsync(RunnerWatch.Start());
}
