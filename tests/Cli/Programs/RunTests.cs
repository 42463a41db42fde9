using System.Globalization;
using System.Text.Json;
using FunctionTune.Testing.Processes;

namespace FunctionTune.Cli.Tests.Programs;

public sealed class RunTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_study_runs_to_its_end_and_prints_one_document()
    {
        JsonElement result = await _tool.JsonAsync(ExitCode.Done, "run", _tool.Study(Tool.LossIsX), "--json");

        Assert.Equal("small", result.GetProperty("id").GetString());
        Assert.Equal("ended", result.GetProperty("status").GetString());
        Assert.Equal("maxEvals", result.GetProperty("stopReason").GetString());
        Assert.Equal(6, result.GetProperty("counts").GetProperty("succeeded").GetInt32());
        JsonElement best = result.GetProperty("best");
        Assert.Equal(best.GetProperty("loss").GetDouble(), best.GetProperty("params").GetProperty("x").GetDouble());
        JsonElement trials = await _tool.JsonAsync(ExitCode.Done, "trials", "small", "--format", "json");
        Assert.Equal(
            trials.EnumerateArray().Min(trial => trial.GetProperty("loss").GetDouble()),
            best.GetProperty("loss").GetDouble()
        );
    }

    [Fact]
    public async Task Piped_progress_is_plain_lines_and_quiet_has_none()
    {
        string file = _tool.Study(Tool.LossIsX);
        ProgramEnd lines = await _tool.RunAsync("run", file);
        ProgramEnd quiet = await _tool.RunAsync("run", file, "--id", "quiet", "--quiet");

        Assert.Contains("6/6  best ", lines.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', lines.Output);
        Assert.DoesNotContain("/6  best", quiet.Output, StringComparison.Ordinal);
        Assert.Contains("best loss", quiet.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nothing_succeeds_the_cause_is_told()
    {
        string file = _tool.Study("""["sh", "-c", "echo no module named numpy >&2; exit 1"]""", "\"maxEvals\": 3");

        ProgramEnd end = await _tool.RunAsync("run", file, "--quiet");

        Assert.Equal((int)ExitCode.NothingSucceeded, end.ExitCode);
        Assert.Contains("3 of 3 trials failed, all with:", end.Error, StringComparison.Ordinal);
        Assert.Contains("no module named numpy", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once_and_its_trials_too()
    {
        const string Stubborn = """["sh", "-c", "trap '' TERM; echo $$ > \"$HERE/pid\"; sleep 60 & wait; sleep 60"]""";
        string file = _tool.Study(Stubborn, "\"maxEvals\": 1");
        using RunningTool running = _tool.Start("run", file);
        await running.ReadToAsync("Study 'small'");
        using var watcher = new FileSystemWatcher(_tool.Folder.Path, "pid");
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Changed += (_, _) => begun.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (!File.Exists(_tool.Folder["pid"]) || new FileInfo(_tool.Folder["pid"]).Length == 0)
        {
            await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        }

        int trial = int.Parse(
            await File.ReadAllTextAsync(_tool.Folder["pid"], TestContext.Current.CancellationToken),
            CultureInfo.InvariantCulture
        );
        await running.SignalAsync("TERM");
        await running.SignalAsync("INT");
        ProgramEnd end = await running.EndAsync();

        Assert.Equal((int)ExitCode.Interrupted, end.ExitCode);
        Assert.Contains("Run it again to go on", end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/proc/{trial}"));
    }

    [Fact]
    public async Task Of_two_that_begin_one_study_at_once_one_runs_it_and_the_other_is_told()
    {
        string file = _tool.Study("""["sh", "-c", "sleep 2; echo 1"]""", "\"maxEvals\": 1");

        ProgramEnd[] ends = await Task.WhenAll(
            _tool.RunAsync("run", file, "--id", "same", "--json"),
            _tool.RunAsync("run", file, "--id", "same", "--json")
        );

        Assert.Contains(ends, end => end.ExitCode == (int)ExitCode.Done);
        Assert.All(
            ends.Where(end => end.ExitCode != (int)ExitCode.Done),
            end => Assert.Contains("'same' is being run by process", end.Error, StringComparison.Ordinal)
        );
        JsonElement trials = await _tool.JsonAsync(ExitCode.Done, "trials", "same", "--format", "json");
        Assert.Equal(1, trials.GetArrayLength());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupted_study_goes_on_where_it_stopped(string signal)
    {
        string file = _tool.Study(Tool.OneQuickThenSlow, "\"maxEvals\": 2");
        using RunningTool running = _tool.Start("run", file);
        await running.ReadToAsync("1/2");
        await running.SignalAsync(signal);
        ProgramEnd interrupted = await running.EndAsync();

        Assert.Equal((int)ExitCode.Interrupted, interrupted.ExitCode);
        Assert.Contains("functiontune resume small --store .functiontune", interrupted.Error, StringComparison.Ordinal);
        JsonElement shown = await _tool.JsonAsync(ExitCode.Done, "show", "small", "--json");
        Assert.Equal("interrupted", shown.GetProperty("status").GetString());

        Directory.Delete(_tool.Folder["first"]);
        JsonElement result = await _tool.JsonAsync(ExitCode.Done, "resume", "small", "--json");
        Assert.Equal(2, result.GetProperty("counts").GetProperty("succeeded").GetInt32());
    }

    [Fact]
    public async Task A_second_process_is_told_who_holds_the_study_and_can_cancel_it()
    {
        string file = _tool.Study(Tool.OneQuickThenSlow, "\"maxEvals\": 2");
        using RunningTool running = _tool.Start("run", file);
        await running.ReadToAsync("1/2");

        ProgramEnd second = await _tool.RunAsync("run", file, "--id", "small");
        Assert.Equal((int)ExitCode.Infrastructure, second.ExitCode);
        Assert.Contains($"process {running.Id} ", second.Error, StringComparison.Ordinal);

        JsonElement cancelled = await _tool.JsonAsync(ExitCode.Done, "cancel", "small", "--json");
        Assert.Equal("cancelled", cancelled.GetProperty("stopReason").GetString());
        Assert.Equal(1, cancelled.GetProperty("counts").GetProperty("cancelled").GetInt32());
        ProgramEnd first = await running.EndAsync();
        Assert.Equal((int)ExitCode.Done, first.ExitCode);
        Assert.Contains("stopped: it was cancelled", first.Output, StringComparison.Ordinal);
        ProgramEnd again = await _tool.RunAsync("cancel", "small");
        Assert.Equal((int)ExitCode.Done, again.ExitCode);
        Assert.Contains("over already", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_study_goes_on_when_its_limit_is_raised()
    {
        string file = _tool.Study(Tool.LossIsX);
        await _tool.JsonAsync(ExitCode.Done, "run", file, "--json");

        JsonElement more = await _tool.JsonAsync(ExitCode.Done, "resume", "small", "--max-evals", "8", "--json");
        Assert.Equal(8, more.GetProperty("counts").GetProperty("succeeded").GetInt32());
        JsonElement same = await _tool.JsonAsync(ExitCode.Done, "resume", "small", "--json");
        Assert.Equal(8, same.GetProperty("counts").GetProperty("succeeded").GetInt32());
        string[] run = ["run", file, "--id", "small", "--max-evals", "9", "--json"];
        JsonElement most = await _tool.JsonAsync(ExitCode.Done, run);
        Assert.Equal(9, most.GetProperty("counts").GetProperty("succeeded").GetInt32());
    }

    [Fact]
    public async Task A_name_that_is_taken_gets_a_number()
    {
        string file = _tool.Study(Tool.LossIsX, "\"maxEvals\": 1");
        await _tool.RunAsync("run", file, "--quiet");

        JsonElement second = await _tool.JsonAsync(ExitCode.Done, "run", file, "--json");

        Assert.Equal("small-2", second.GetProperty("id").GetString());
        JsonElement list = await _tool.JsonAsync(ExitCode.Done, "list", "--json");
        Assert.Equal(["small", "small-2"], list.EnumerateArray().Select(study => study.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_study_of_another_space_is_not_gone_on_with()
    {
        await _tool.JsonAsync(ExitCode.Done, "run", _tool.Study(Tool.LossIsX), "--json");
        string other = _tool.Study(Tool.LossIsX, "\"seed\": 5, \"maxEvals\": 6", "other");

        ProgramEnd end = await _tool.RunAsync("run", other, "--id", "small");

        Assert.Equal((int)ExitCode.InvalidInput, end.ExitCode);
        Assert.Contains("'small', whose name, seed differ", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_stand_in_for_what_the_file_says()
    {
        string file = _tool.Study(Tool.LossIsX, "\"seed\": 1");

        JsonElement result = await _tool.JsonAsync(
            ExitCode.Done,
            ["run", file, "--json", "--max-evals", "3", "--seed", "9", "--parallelism", "2", "--timeout", "10m"]
        );

        Assert.Equal(3, result.GetProperty("counts").GetProperty("succeeded").GetInt32());
        Assert.Equal(9, result.GetProperty("seed").GetInt32());
        Assert.Equal(2, result.GetProperty("parallelism").GetInt32());
    }
}
