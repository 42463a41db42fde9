using System.Text.Json;
using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests.Python;

/// <summary>The Python file does what the .NET client does.</summary>
public sealed class PythonTests
{
    [Fact]
    public async Task Three_lines_make_a_trial()
    {
        using var folder = new TrialFolder("""{"alpha":0.5,"kernel":{"gamma":2},"größe":"é"}""");
        ProgramEnd end = await PythonProgram.RunAsync(
            folder,
            """
            trial = functiontune.open_trial()
            assert (trial.study, trial.number, trial.attempt) == ("by-test", 7, 2)
            trial.report(0, 0.75)
            trial.report(1, loss=float("inf"), auc=0.9)
            trial.succeed(trial.params["alpha"] * trial.params["kernel"]["gamma"], 0.25, {"r2": 0.5}, note=trial.params["größe"])
            """
        );

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Written(folder, """{"status":"ok","loss":1,"loss_variance":0.25,"metrics":{"r2":0.5},"note":"é"}""");
        Assert.Equal(
            [
                """{"step": 0, "values": {"loss": 0.75}}""",
                """{"step": 1, "values": {"loss": "Infinity", "auc": 0.9}}""",
            ],
            await File.ReadAllLinesAsync(folder.ProgressPath, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("return params['x'] ** 2", """{"status":"ok","loss":9}""")]
    [InlineData("return float('nan')", """{"status":"ok","loss":"NaN"}""")]
    [InlineData(
        "return {'loss': params['x'], 'status': functiontune.STATUS_OK, 'eval': {'took': 1.5, 'p': (1, 2)}, 'model': 1j}",
        """{"status":"ok","loss":3,"eval":{"took":1.5,"p":[1,2]},"model":"1j"}"""
    )]
    [InlineData("return {'status': functiontune.STATUS_FAIL}", """{"status":"fail"}""")]
    public async Task An_objective_for_hyperopt_runs_unchanged(string body, string result)
    {
        using var folder = new TrialFolder("""{"x":3}""");
        ProgramEnd end = await PythonProgram.RunAsync(
            folder,
            $"def objective(params):\n    {body}\nfunctiontune.run(objective)"
        );

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Written(folder, result);
    }

    [Fact]
    public async Task Texts_that_are_no_Unicode_are_mended()
    {
        using var failed = new TrialFolder("""{"x":3}""");
        using var succeeded = new TrialFolder("""{"x":3}""");

        await PythonProgram.RunAsync(
            failed,
            "def objective(params):\n    raise ValueError('no file caf\\udce9.csv')\nfunctiontune.run(objective)"
        );
        await PythonProgram.RunAsync(
            succeeded,
            """functiontune.open_trial().succeed(1, note=["\udce9", "\ud83e\udd86"], **{"\ud83e": "half"})"""
        );

        // What Python makes of a file name whose bytes are no UTF-8.
        Assert.Equal("ValueError: no file caf\uFFFD.csv", failed.Result.GetProperty("message").GetString());
        Written(succeeded, """{"status":"ok","loss":1,"note":["\uFFFD","🦆"],"\uFFFD":"half"}""");
    }

    [Theory]
    [InlineData("raise ValueError('no such data')", "ValueError: no such data", "ValueError")]
    [InlineData("return None", "TrialError: An objective must return its loss,", "TrialError")]
    [InlineData("return params['y']", "KeyError: \"params has no 'y'. It has: x.", "KeyError")]
    public async Task An_exception_becomes_a_failed_result(string body, string message, string type)
    {
        using var folder = new TrialFolder("""{"x":3}""");
        ProgramEnd end = await PythonProgram.RunAsync(
            folder,
            $"def objective(params):\n    {body}\nfunctiontune.run(objective)"
        );

        Assert.Equal(1, end.ExitCode);
        Assert.Equal("fail", folder.Result.GetProperty("status").GetString());
        Assert.StartsWith(message, folder.Result.GetProperty("message").GetString());
        Assert.Equal(type, folder.Result.GetProperty("type").GetString());
        Assert.Contains("Traceback", folder.Result.GetProperty("traceback").GetString(), StringComparison.Ordinal);
        Assert.Contains("Traceback", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folds_give_their_mean_and_sample_variance()
    {
        using var folder = new TrialFolder("{}");
        await PythonProgram.RunAsync(folder, "functiontune.open_trial().succeed_with_folds([1, 2, 6])");

        Written(folder, """{"status":"ok","loss":3,"loss_variance":7,"losses":[1,2,6]}""");
    }

    [Fact]
    public async Task Data_is_compared_with_its_size_and_hash()
    {
        using var folder = new TrialFolder(
            "{}",
            """
            {"good":{"uri":"trial.txt","bytes":3,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
             "bad":{"uri":"trial.txt","bytes":4},"far":{"uri":"abfss://c@a.dfs.core.windows.net/x"}}
            """
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder, "trial.txt"),
            "abc",
            TestContext.Current.CancellationToken
        );
        ProgramEnd end = await PythonProgram.RunAsync(
            folder,
            """
            trial = functiontune.open_trial()
            print(trial.open_data("good", "r").read())
            for name in ("bad", "far", "none"):
                try:
                    trial.data_path(name)
                except functiontune.TrialError as error:
                    print(error)
            """
        );

        string[] lines = end.Output.Split('\n');
        Assert.Equal("abc", lines[0]);
        Assert.Contains("must have bytes 4, but has 3. The file changed", lines[1], StringComparison.Ordinal);
        Assert.Contains("but got abfss://c@a.dfs.core.windows.net/x.", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("The study has no data 'none'. It has: good, bad, far.", lines[3]);
    }

    [Fact]
    public async Task By_hand_the_result_appears_on_standard_output()
    {
        using var folder = new TrialFolder("{}");
        await File.WriteAllTextAsync(folder.TrialPath, """{"params":{"x":2}}""", TestContext.Current.CancellationToken);
        ProgramEnd end = await PythonProgram.RunAsync(folder, "functiontune.run(lambda params: params['x'])");

        Assert.Equal("""{"status": "ok", "loss": 2.0}""", end.Output.TrimEnd());
    }

    private static void Written(TrialFolder folder, string json) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), folder.Result), folder.Result.GetRawText());
}
