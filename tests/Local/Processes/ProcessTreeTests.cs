using System.Globalization;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Local.Processes;
using FunctionTune.Studies;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Local.Tests.Processes;

public sealed class ProcessTreeTests : IAsyncDisposable
{
    private const string Fork = """
        cd "$(dirname "$FUNCTIONTUNE_TRIAL")"
        sleep 1000 &
        echo "{\"step\":0,\"process\":$!}" >> progress.jsonl

        """;

    private const string Daemon = """
        import json, os, sys, time
        trial = json.load(open(os.environ["FUNCTIONTUNE_TRIAL"]))
        told, tell = os.pipe()
        if os.fork() == 0:
            os.setsid()
            if os.fork() > 0:
                os._exit(0)
            if sys.argv[1:] == ["quiet"]:
                for stream in (0, 1, 2):
                    os.close(stream)
            with open(trial["progress"], "a") as progress:
                progress.write('{"step":0,"process":%d}\n' % os.getpid())
            os.write(tell, b"x")
            time.sleep(1000)
        os.read(told, 1)

        """;

    private readonly ScriptRunner _scripts = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scripts.DisposeAsync();

    [Fact]
    public async Task A_trial_has_a_session_of_its_own_so_that_the_terminal_interrupts_its_host_alone()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/setsid"), "There is no setsid.");

        TrialOutcome outcome = await _scripts
            .Shell("read -r _ _ _ _ _ session _ < /proc/$$/stat; [ $session = $$ ] && echo 0.5")
            .EndAsync(RunnerWatch.Start());

        Assert.IsType<TrialOutcome.Succeeded>(outcome);
    }

    [Fact]
    public Task A_child_does_not_outlive_a_trial_that_ends() => EndsWithTrialAsync(_scripts.Shell(Fork + "echo 0.5"));

    [Theory]
    [InlineData("quiet")]
    [InlineData("loud")]
    public Task A_daemon_does_not_outlive_a_trial_that_ends(string kind) =>
        EndsWithTrialAsync(_scripts.Python(Daemon + "print(0.5)", kind));

    [Fact]
    public Task A_child_does_not_outlive_a_trial_that_is_stopped() => EndsWithStopAsync(_scripts.Shell(Fork + "wait"));

    [Fact]
    public Task A_daemon_does_not_outlive_a_trial_that_is_stopped() =>
        EndsWithStopAsync(_scripts.Python(Daemon + "time.sleep(1000)", "quiet"));

    [Fact]
    public Task A_trial_that_ignores_the_request_to_end_is_killed() =>
        EndsWithStopAsync(
            _scripts.Shell("trap '' TERM\n" + Fork + "while :; do sleep 1000; done", TimeSpan.FromMilliseconds(100))
        );

    [Fact]
    public async Task A_trial_may_use_the_request_to_end_to_write_its_result()
    {
        ProcessTrialRunner runner = _scripts.Shell(Fork + "trap 'echo 0.5 > result.json; exit 0' TERM\nwait");
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());
        await ForkedAsync(runner, run);

        await runner.StopAsync(run, "enough", Cancel);

        Assert.IsType<TrialOutcome.Succeeded>((await runner.FollowAsync(run)).Outcome);
    }

    [Fact]
    public async Task A_trial_that_is_stopped_while_it_starts_ends()
    {
        ProcessTrialRunner runner = _scripts.Shell("sleep 1000");
        TrialStart start = RunnerWatch.Start();
        Task<TrialRun> starting = runner.BeginAsync(start);

        JsonElement unknown = JsonSerializer.SerializeToElement(new { });
        await runner.StopAsync(new TrialRun(start.Study, start.Trial, start.Attempt, unknown), "at once", Cancel);

        Assert.Equal(new TrialOutcome.Cancelled("at once"), (await runner.FollowAsync(await starting)).Outcome);
    }

    [Fact]
    public async Task What_is_under_way_when_the_runner_goes_is_ended_and_interrupted()
    {
        ProcessTrialRunner runner = _scripts.Shell(Fork + "wait");
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());
        int forked = await ForkedAsync(runner, run);

        await runner.DisposeAsync();

        Assert.False(IsAlive(forked));
        Assert.Equal(new TrialOutcome.Interrupted(), (await runner.FollowAsync(run)).Outcome);
        Assert.Equal(new TrialOutcome.Interrupted(), await runner.EndAsync(RunnerWatch.Start(trial: 1)));
    }

    [Theory]
    [InlineData("poll", false)]
    [InlineData("start", false)]
    [InlineData("poll", true)]
    [InlineData("start", true)]
    public async Task What_a_dead_host_left_is_ended_and_counts_by_its_result_file(string call, bool result)
    {
        ProcessTrialRunner runner = _scripts.Shell(Fork + (result ? "echo 0.5 > result.json\n" : "") + "wait");
        using Probe host = Probe.Start("run", _scripts.Folder.Path, "study", "/bin/sh", "{trial}/trial.sh");
        int forked = int.Parse(await host.IsReadyAsync(), CultureInfo.InvariantCulture);
        await host.DiesAsync();
        Assert.True(IsAlive(forked));

        JsonElement handle = JsonSerializer.SerializeToElement(new { pid = 1, started = "2026-01-31T12:00:00Z" });
        TrialOutcome outcome =
            call == "poll"
                ? (await runner.FollowAsync(new TrialRun(new StudyId("study"), 0, 1, handle))).Outcome
                : await runner.EndAsync(RunnerWatch.Start());

        Assert.False(IsAlive(forked));
        Assert.Equal(result ? 0.5 : null, (outcome as TrialOutcome.Succeeded)?.Result.Loss);
        Assert.Equal(!result, outcome is TrialOutcome.Interrupted);
    }

    [Fact]
    public async Task A_run_of_a_dead_host_can_be_stopped()
    {
        ProcessTrialRunner runner = _scripts.Shell(Fork + "wait");
        using Probe host = Probe.Start("run", _scripts.Folder.Path, "study", "/bin/sh", "{trial}/trial.sh");
        int forked = int.Parse(await host.IsReadyAsync(), CultureInfo.InvariantCulture);
        await host.DiesAsync();

        var run = new TrialRun(new StudyId("study"), 0, 1, JsonSerializer.SerializeToElement(new { }));
        await runner.StopAsync(run, "cancelled by the user", Cancel);

        Assert.Equal(new TrialOutcome.Cancelled("cancelled by the user"), (await runner.FollowAsync(run)).Outcome);
        Assert.False(IsAlive(forked));
    }

    private static async Task EndsWithTrialAsync(ProcessTrialRunner runner)
    {
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());

        (TrialOutcome outcome, var values) = await runner.FollowAsync(run);

        Assert.IsType<TrialOutcome.Succeeded>(outcome);
        Assert.False(IsAlive((int)values.Single().Values["process"]));
    }

    private static async Task EndsWithStopAsync(ProcessTrialRunner runner)
    {
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());
        int forked = await ForkedAsync(runner, run);
        Assert.True(IsAlive(forked));

        await runner.StopAsync(run, "enough", Cancel);

        Assert.Equal(new TrialOutcome.Cancelled("enough"), (await runner.FollowAsync(run)).Outcome);
        Assert.False(IsAlive(forked));
    }

    /// <summary>Waits until a trial has forked; it reports the process as an intermediate value.</summary>
    private static async Task<int> ForkedAsync(ProcessTrialRunner runner, TrialRun run)
    {
        while (true)
        {
            RunReport report = (await runner.PollAsync([run], Cancel)).Single();
            if (report.Values is [var value, ..])
            {
                return (int)value.Values["process"];
            }

            Assert.Null(report.Outcome);
            await runner.WaitForNewsAsync(Cancel);
        }
    }

    private static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat")
        && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
}
