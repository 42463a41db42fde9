using System.Text.Json;
using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests.Python;

public sealed class PythonBatchTests : IDisposable
{
    private const string Inverse = "functiontune.run(lambda params: 1 / params['x'])";

    private readonly TemporaryFolder _folder = new();

    public PythonBatchTests()
    {
        for (int i = 0; i < 4; i++)
        {
            _folder.Write(
                $"trials/{i}/trial.json",
                $$"""{"trial":{{i}},"token":"t{{i}}","params":{"x":{{i - 1}}},"result":"result.json"}"""
            );
        }

        string trials = string.Join(',', Enumerable.Range(0, 4).Select(i => $"\"../trials/{i}/trial.json\""));
        _folder.Write("batch/batch.json", $$"""{"token":"b","trials":[{{trials}}]}""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_trial_gets_its_own_result_and_a_failure_stops_no_other()
    {
        ProgramEnd end = await RunAsync(Inverse);

        Assert.Equal(0, end.ExitCode);
        Assert.Equal(["-1", "fail", "1", "0.5"], Enumerable.Range(0, 4).Select(Loss));
        Assert.Equal("t3", Result(3).GetProperty("token").GetString());
        Assert.Equal("ZeroDivisionError: division by zero", Result(1).GetProperty("message").GetString());
        Assert.DoesNotContain("functiontune.py", Result(1).GetProperty("traceback").GetString());
        Assert.Contains("../trials/1/trial.json failed:", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_trial_and_one_with_a_result_are_passed_over()
    {
        _folder.Write("trials/0/stop", "");
        _folder.Write("trials/2/result.json", "7");
        ProgramEnd end = await RunAsync(Inverse);

        Assert.Equal(0, end.ExitCode);
        Assert.False(File.Exists(_folder["trials/0/result.json"]));
        Assert.Equal(7, Result(2).GetDouble());
        Assert.Equal("0.5", Loss(3));
    }

    [Fact]
    public async Task A_trial_without_a_result_is_told_by_the_exit_code()
    {
        File.Delete(_folder["trials/1/trial.json"]);
        ProgramEnd end = await RunAsync(Inverse);

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("but 1 of 4 did not: ../trials/1/trial.json: The trial file must exist", end.Error);
        Assert.Equal("0.5", Loss(3));
    }

    [Fact]
    public async Task What_breaks_while_a_trial_is_being_stopped_is_no_result()
    {
        ProgramEnd end = await RunAsync(
            """
            def objective(params):
                open("trials/0/stop", "w").close()
                return 1 / params["x"] if params["x"] > 0 else params["missing"]
            functiontune.run(objective)
            """
        );

        Assert.Equal(0, end.ExitCode);
        Assert.False(File.Exists(_folder["trials/0/result.json"]));
        Assert.Equal("fail", Loss(1));
    }

    [Fact]
    public async Task A_program_that_opens_one_trial_by_hand_is_told_of_run()
    {
        ProgramEnd end = await RunAsync("functiontune.open_trial()");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("call functiontune.run(objective), which takes the trials in turn", end.Error);
    }

    [Fact]
    public async Task An_interruption_ends_the_batch_and_leaves_no_failure()
    {
        ProgramEnd end = await RunAsync(
            """
            import os, signal
            functiontune.run(lambda params: os.kill(os.getpid(), signal.SIGINT if params["x"] == 0 else 0) or 1)
            """
        );

        Assert.NotEqual(0, end.ExitCode);
        Assert.Equal("1", Loss(0));
        Assert.False(File.Exists(_folder["trials/1/result.json"]));
        Assert.False(File.Exists(_folder["trials/2/result.json"]));
    }

    private Task<ProgramEnd> RunAsync(string program) =>
        PythonProgram.RunAsync(_folder.Path, program, ["--functiontune-trial", "batch/batch.json"], []);

    private JsonElement Result(int trial) =>
        JsonElement.Parse(File.ReadAllText(_folder[$"trials/{trial}/result.json"]));

    private string Loss(int trial) =>
        Result(trial) is var result && result.TryGetProperty("loss", out JsonElement loss)
            ? loss.GetDouble().ToString(System.Globalization.CultureInfo.InvariantCulture)
            : result.GetProperty("status").GetString()!;
}
