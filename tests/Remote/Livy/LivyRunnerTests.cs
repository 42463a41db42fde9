using System.Text.Json.Nodes;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.LivyEmulator;
using FunctionTune.LivyEmulator.Batches;
using FunctionTune.StandIns.Faults;
using FunctionTune.Studies;
using FunctionTune.Testing.Hosting;

namespace FunctionTune.Remote.Tests.Livy;

/// <summary>What becomes of batches when something goes wrong.</summary>
public sealed class LivyRunnerTests
{
    private static readonly string s_endless = PythonTrials.Program(TrialBehaviour.NeverEnds);
    private static readonly string s_good = PythonTrials.Program(TrialBehaviour.Succeeds);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_found_by_its_name()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        ITrialRunner runner = await livy.OpenAsync(s_good);
        livy.Server.Faults.Set(new Fault.LostResponse { Endpoint = "create", Times = 1 });

        TrialOutcome outcome = await runner.EndAsync(RunnerWatch.Start());

        Assert.IsType<TrialOutcome.Succeeded>(outcome);
        CreateRequest begun = Assert.Single(livy.Server.Batches.Begun);
        Assert.Equal($"functiontune-study-0-1-{RunnerWatch.Start().Token[..16]}", begun.Name);
        Assert.Equal("1", begun.Conf["spark.task.maxFailures"]);
    }

    [Fact]
    public async Task A_later_host_takes_up_the_batches_of_an_earlier_one()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        StudySpec spec = livy.Spec(s_endless);
        TrialRun first = await (await livy.OpenAsync(spec)).BeginAsync(RunnerWatch.Start());
        ITrialRunner later = await livy.OpenAsync(spec);

        TrialRun second = await later.BeginAsync(RunnerWatch.Start());
        await later.StopAsync(second, "enough", Cancel);

        Assert.Equal(first.Handle.GetRawText(), second.Handle.GetRawText());
        Assert.Equal(new TrialOutcome.Cancelled("enough"), (await later.FollowAsync(first)).Outcome);
        Assert.Empty(livy.Server.Batches.UnderWay);
    }

    [Theory]
    [InlineData(BatchState.Killed)]
    [InlineData(BatchState.Error)]
    public async Task A_batch_that_somebody_else_ended_is_lost(BatchState state)
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        ITrialRunner runner = await livy.OpenAsync(s_endless);
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());

        livy.Server.Batches.End(0, state);

        var lost = Assert.IsType<TrialOutcome.Lost>((await runner.FollowAsync(run)).Outcome);
        Assert.NotNull(lost.RetryAfter);
    }

    [Fact]
    public async Task A_batch_that_Livy_has_forgotten_counts_by_its_result()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        ITrialRunner good = await livy.OpenAsync(s_good);
        TrialRun run = await good.BeginAsync(RunnerWatch.Start());
        await good.FollowAsync(run);
        livy.Server.Batches.ForgetEnded();

        ITrialRunner later = await livy.OpenAsync(s_good);

        Assert.IsType<TrialOutcome.Succeeded>((await later.FollowAsync(run)).Outcome);
    }

    [Fact]
    public async Task A_batch_that_is_gone_without_a_result_is_lost()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        ITrialRunner runner = await livy.OpenAsync("");
        TrialRun run = await runner.BeginAsync(RunnerWatch.Start());
        await livy.Server.Batches.All.Single().UntilEndedAsync(Cancel);
        livy.Server.Batches.ForgetEnded();

        Assert.IsType<TrialOutcome.Lost>((await runner.FollowAsync(run)).Outcome);
    }

    [Fact]
    public async Task A_program_that_fails_is_told_with_the_end_of_its_log()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        string script = livy.Folder.Write(
            "own.py",
            "import sys\nprint('so far', file=sys.stderr)\nraise ValueError('no gamma')"
        );
        ITrialRunner runner = await livy.OpenAsync("", options => options["file"] = script);

        var failed = Assert.IsType<TrialOutcome.Failed>(await runner.EndAsync(RunnerWatch.Start()));

        Assert.Equal((FailureKind.Exception, "ValueError: no gamma"), (failed.Kind, failed.Message));
        Assert.Contains("so far", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_the_cluster_does_not_find_stops_the_study()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        ITrialRunner runner = await livy.OpenAsync("", options => options["file"] = "/nowhere/train.py");

        var failed = Assert.IsType<TrialOutcome.Failed>(await runner.EndAsync(RunnerWatch.Start()));

        Assert.Equal(FailureKind.Misconfigured, failed.Kind);
        Assert.Contains("/nowhere/train.py", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_Livy_does_not_serve_stops_the_study()
    {
        await using TestLivy livy = await TestLivy.StartAsync(new LivyServerOptions { AllowedFolders = ["/apps"] });
        ITrialRunner runner = await livy.OpenAsync(s_good);

        var failed = Assert.IsType<TrialOutcome.Failed>(await runner.EndAsync(RunnerWatch.Start()));

        Assert.Equal(FailureKind.Misconfigured, failed.Kind);
        Assert.Contains("cannot be added to user sessions", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_room_is_asked_again_later()
    {
        await using TestLivy livy = await TestLivy.StartAsync(new LivyServerOptions { MaxUnderWay = 1 });
        ITrialRunner runner = await livy.OpenAsync(s_endless);
        await runner.BeginAsync(RunnerWatch.Start(0));

        Assert.IsType<TrialOutcome.Deferred>(await runner.EndAsync(RunnerWatch.Start(1)));
    }

    [Fact]
    public async Task A_jar_and_a_program_of_the_cluster_are_passed_on_as_they_are()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        string script = livy.Folder.Write("own.py", s_good);
        ITrialRunner runner = await livy.OpenAsync(
            "",
            options =>
            {
                options["file"] = script;
                options["args"] = new JsonArray("--depth", "3");
                options["driverMemory"] = "1g";
                options["conf"] = new JsonObject { ["spark.x"] = "y" };
                options["queue"] = "ml";
            }
        );

        Assert.IsType<TrialOutcome.Succeeded>(await runner.EndAsync(RunnerWatch.Start()));
        CreateRequest begun = Assert.Single(livy.Server.Batches.Begun);
        Assert.Equal((script, "y"), (begun.File, begun.Conf["spark.x"]));
        Assert.Equal(["--depth", "3", "--functiontune-trial"], begun.Args[..3]);
        Assert.EndsWith("/functiontune.py", Assert.Single(begun.PyFiles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_is_called_without_a_line_of_ours_in_its_file()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        ITrialRunner runner = await livy.OpenAsync(
            "def loss(params):\n    return params['x'] - 1\n",
            options => options["objective"] = "loss"
        );

        TrialOutcome outcome = await runner.EndAsync(RunnerWatch.Start());

        Assert.Equal(0.5, Assert.IsType<TrialOutcome.Succeeded>(outcome).Result.Loss);
    }

    [Fact]
    public async Task Several_trials_share_a_batch_and_each_has_its_own_result()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        ITrialRunner runner = await livy.OpenAsync(s_good, options => options["trialsPerRun"] = 4);

        TrialOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(trial => runner.EndAsync(RunnerWatch.Start(trial)))
        );

        Assert.All(outcomes, outcome => Assert.IsType<TrialOutcome.Succeeded>(outcome));
        Assert.StartsWith(
            "functiontune-study-batch-",
            Assert.Single(livy.Server.Batches.Begun).Name,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Many_batches_are_looked_at_by_one_call()
    {
        await using TestLivy livy = await TestLivy.StartAsync(new LivyServerOptions { Slots = 2 });
        ITrialRunner runner = await livy.OpenAsync(s_endless);
        var runs = new List<TrialRun>();
        for (int trial = 0; trial < 30; trial++)
        {
            runs.Add(await runner.BeginAsync(RunnerWatch.Start(trial)));
        }

        int before = livy.Server.Requests.Total;
        await runner.PollAsync([.. runs], Cancel);

        Assert.Equal(1, livy.Server.Requests.Total - before);
    }

    [Fact]
    public async Task A_sweep_ends_the_batches_of_its_study_and_nobody_elses()
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        StudySpec spec = livy.Spec(s_endless);
        ITrialRunner runner = await livy.OpenAsync(spec);
        await runner.BeginAsync(RunnerWatch.Start(0));
        await (await livy.OpenAsync(s_endless, options => options["trialsPerRun"] = 2)).BeginAsync(
            RunnerWatch.Start(1)
        );
        TrialStart others = RunnerWatch.Start(2) with { StudyCreatedAt = DateTimeOffset.UnixEpoch.AddDays(1) };
        await runner.BeginAsync(others);

        await runner.SweepAsync(others.Study, Cancel);

        Batch left = Assert.Single(livy.Server.Batches.UnderWay);
        Assert.Equal($"functiontune-study-2-1-{others.Token[..16]}", left.Request.Name);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_makes_every_trial_impossible_ends_the_host_and_not_the_trial(Fault fault)
    {
        await using TestLivy livy = await TestLivy.StartAsync();
        ITrialRunner runner = await livy.OpenAsync(s_good);
        livy.Server.Faults.Set(fault);

        FunctionTuneException refusal = await Assert.ThrowsAnyAsync<FunctionTuneException>(() =>
            runner.StartAsync(RunnerWatch.Start(), Cancel)
        );

        Assert.NotEmpty(refusal.Hint);
    }

    public static TheoryData<Fault> Refusals =>
        [new Fault.LoginRedirect(), new Fault.Error(401, "", "who?"), new Fault.Error(403, "", "not you")];

    [Theory]
    [InlineData("LIVY_TOKEN", "Bearer secret")]
    [InlineData("LIVY_USER", "Basic c2VjcmV0OnNlY3JldA==")]
    public async Task Who_calls_is_told_by_the_environment(string variable, string authorization)
    {
        await using TestLivy livy = await TestLivy.StartAsync(
            new LivyServerOptions { Authorization = authorization },
            name => name == variable || name is "LIVY_PASSWORD" ? "secret" : null
        );
        ITrialRunner runner = await livy.OpenAsync(s_good);

        Assert.IsType<TrialOutcome.Succeeded>(await runner.EndAsync(RunnerWatch.Start()));
        livy.Server.Authorization = "Bearer other";
        FunctionTuneException refusal = await Assert.ThrowsAnyAsync<FunctionTuneException>(() =>
            runner.StartAsync(RunnerWatch.Start(1), Cancel)
        );
        Assert.Contains("LIVY_TOKEN", refusal.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }
}
