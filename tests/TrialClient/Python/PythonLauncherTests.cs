using FunctionTune.Testing;
using FunctionTune.Testing.Processes;

namespace FunctionTune.TrialClient.Tests.Python;

public sealed class PythonLauncherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PythonLauncherTests() => _folder.Write("trial.json", """{"params":{"x":3},"result":"result.json"}""");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_runs_as_main_with_its_own_arguments()
    {
        _folder.Write(
            "elsewhere/train.py",
            """
            import argparse, functiontune, near
            parser = argparse.ArgumentParser()
            parser.add_argument("--factor", type=int)
            factor = parser.parse_args().factor
            if __name__ == "__main__":
                functiontune.run(lambda params: params["x"] * factor + near.OFFSET)
            """
        );
        _folder.Write("elsewhere/near.py", "OFFSET = 100");
        ProgramEnd end = await LaunchAsync("--program", "elsewhere/train.py", "--factor", "2");

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Assert.Equal("""{"status": "ok", "loss": 106.0}""", Result.TrimEnd());
    }

    [Fact]
    public async Task An_objective_is_called_by_its_name_without_a_line_of_ours_in_the_program()
    {
        _folder.Write(
            "study.py",
            """
            def loss(params):
                return {"loss": params["x"] ** 2, "status": "ok"}

            if __name__ == "__main__":
                raise SystemExit("this part is for a laptop")
            """
        );
        ProgramEnd end = await LaunchAsync("--program", "study.py", "--objective", "loss");

        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Assert.Equal("""{"status": "ok", "loss": 9}""", Result.TrimEnd());
    }

    [Fact]
    public async Task An_objective_that_is_not_there_is_named()
    {
        _folder.Write("study.py", "");
        ProgramEnd end = await LaunchAsync("--program", "study.py", "--objective", "loss");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("must be a function of study.py, but it has no function 'loss'", Result);
    }

    [Fact]
    public async Task A_program_that_breaks_before_its_trial_fails_it_with_the_users_part_of_the_trace()
    {
        _folder.Write("train.py", "import no_such_module");
        ProgramEnd end = await LaunchAsync("--program", "train.py");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("ModuleNotFoundError: No module named 'no_such_module'", Result);
        Assert.Contains("train.py", Result);
        Assert.DoesNotContain("functiontune.py", Result);
        Assert.DoesNotContain("runpy", Result);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_no_failure_of_the_trial()
    {
        ProgramEnd end = await LaunchAsync("--program", "/nowhere/train.py");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("The program must exist, but there is none at /nowhere/train.py.", end.Error);
        Assert.False(File.Exists(_folder["result.json"]));
    }

    [Fact]
    public async Task Processes_that_a_program_starts_find_the_trial_too()
    {
        _folder.Write("child.py", "import functiontune; functiontune.open_trial().succeed(5)");
        _folder.Write(
            "train.py",
            "import functiontune, subprocess, sys; subprocess.check_call([sys.executable, 'child.py'])"
        );
        await LaunchAsync("--program", "train.py");

        Assert.Equal("""{"status": "ok", "loss": 5}""", Result.TrimEnd());
    }

    private string Result => File.ReadAllText(_folder["result.json"]);

    private Task<ProgramEnd> LaunchAsync(params string[] arguments) =>
        PythonProgram.LaunchAsync(_folder.Path, [.. arguments, "--functiontune-trial", "trial.json"]);
}
