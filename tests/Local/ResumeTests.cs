using FunctionTune.History;
using FunctionTune.Local.Stores;
using FunctionTune.Spaces;
using FunctionTune.Studies;
using FunctionTune.Testing;

namespace FunctionTune.Local.Tests;

/// <summary>A study that is kept goes on wherever its host left it.</summary>
public sealed class ResumeTests
{
    private static readonly SpaceNode s_space = Hp.Dict(
        ("x", Hp.Uniform("x", -10, 10)),
        ("k", Hp.Choice("k", "a", "b"))
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<FminResult> RunAsync(
        string store,
        int maxEvals,
        Action? each = null,
        CancellationToken? token = null
    ) =>
        Fmin.MinimizeAsync(
            p =>
            {
                each?.Invoke();
                return Math.Abs(p.Double("x")) + (p.String("k") == "a" ? 0 : 1);
            },
            s_space,
            maxEvals: maxEvals,
            options: new FminOptions
            {
                Store = store,
                Id = "s",
                Seed = 3,
                ShowProgressbar = false,
            },
            cancellationToken: token ?? Token
        );

    private static string Describe(Trials trials) =>
        string.Join('\n', trials.Select(t => $"{t.Tid} {t.State} {t.Loss:R} {t.Params}"));

    private static string LogOf(TemporaryFolder folder) =>
        Path.Join(folder.Path, "studies", "s", "log", "000001.jsonl");

    [Fact]
    public async Task A_log_cut_at_every_byte_of_its_last_three_records_is_gone_on_with()
    {
        using var whole = new TemporaryFolder();
        string expected = Describe((await RunAsync(whole.Path, 25)).Trials);
        byte[] log = await File.ReadAllBytesAsync(LogOf(whole), Token);
        int from = log.Length;
        for (int records = 0; records < 4; records++)
        {
            from = Array.LastIndexOf(log, (byte)'\n', from - 1);
        }

        for (int length = from + 1; length < log.Length; length++)
        {
            using var cut = new TemporaryFolder();
            Directory.CreateDirectory(Path.GetDirectoryName(LogOf(cut))!);
            await File.WriteAllBytesAsync(LogOf(cut), log[..length], Token);

            FminResult result = await RunAsync(cut.Path, 25);

            Assert.Equal(expected, Describe(result.Trials));
        }
    }

    [Fact]
    public async Task An_interrupted_search_goes_on_and_ends_as_if_nothing_had_happened()
    {
        using var whole = new TemporaryFolder();
        string expected = Describe((await RunAsync(whole.Path, 30)).Trials);
        using var folder = new TemporaryFolder();
        int calls = 0;
        for (int stop = 5; stop < 30; stop += 5)
        {
            using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Token);
            int limit = stop;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                RunAsync(
                    folder.Path,
                    30,
                    () =>
                    {
                        if (Interlocked.Increment(ref calls) >= limit)
                        {
                            interrupt.Cancel();
                        }
                    },
                    interrupt.Token
                )
            );
        }

        Assert.Equal(expected, Describe((await RunAsync(folder.Path, 30)).Trials));
    }

    [Fact]
    public async Task More_trials_are_added_to_a_study_that_ended()
    {
        using var once = new TemporaryFolder();
        string expected = Describe((await RunAsync(once.Path, 30)).Trials);
        using var twice = new TemporaryFolder();

        await RunAsync(twice.Path, 12);
        FminResult result = await RunAsync(twice.Path, 30);

        Assert.Equal(expected, Describe(result.Trials));
    }

    [Fact]
    public async Task Another_space_or_seed_is_no_continuation()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder.Path, 3);

        var error = await Assert.ThrowsAsync<FunctionTuneException>(() =>
            Fmin.MinimizeAsync(
                p => p.Double("y"),
                Hp.Dict(("y", Hp.Uniform("y", 0, 1))),
                maxEvals: 3,
                options: new FminOptions
                {
                    Store = folder.Path,
                    Id = "s",
                    Seed = 4,
                    ShowProgressbar = false,
                },
                cancellationToken: Token
            )
        );

        Assert.Contains("space, seed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_is_refused_with_the_name_of_the_first()
    {
        using var folder = new TemporaryFolder();
        using var started = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        Task<FminResult> first = RunAsync(
            folder.Path,
            1,
            () =>
            {
                started.Release();
                go.Wait(Token);
            }
        );
        await started.WaitAsync(Token);

        using var studies = new LocalStudies(folder.Path);
        var error = await Assert.ThrowsAsync<StudyBusyException>(() =>
            studies.RunAsync(new StudyId("s"), changed: null, Token)
        );

        Assert.Contains(
            Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            error.Message,
            StringComparison.Ordinal
        );
        go.Release();
        Assert.Single((await first).Trials);
    }

    [Fact]
    public async Task A_running_study_is_paused_resumed_extended_and_cancelled_from_outside()
    {
        using var folder = new TemporaryFolder();
        using var studies = new LocalStudies(folder.Path);
        var id = new StudyId("s");
        using var started = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        Task<FminResult> run = RunAsync(
            folder.Path,
            2,
            () =>
            {
                started.Release();
                go.Wait(Token);
            }
        );
        await started.WaitAsync(Token);

        await studies.PauseAsync(id, Token);
        Assert.Equal(StudyStatus.Paused, (await studies.ReadAsync(id, Token))!.State.Status);
        await studies.ChangeLimitsAsync(id, new LimitsChange { MaxEvals = 50 }, Token);
        await studies.ResumeAsync(id, Token);
        go.Release(3);
        for (int i = 0; i < 3; i++)
        {
            await started.WaitAsync(Token);
        }

        await studies.CancelAsync(id, Token);
        FminResult result = await run;

        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(3, result.Trials.Count(trial => trial.State == TrialState.Succeeded));
        Assert.Equal(4, result.Trials.Count);
        go.Release(10);
    }

    [Fact]
    public async Task A_study_that_nobody_runs_is_cancelled_in_its_log()
    {
        using var folder = new TemporaryFolder();
        using var interrupt = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(folder.Path, 10, interrupt.Cancel, interrupt.Token)
        );
        using var studies = new LocalStudies(folder.Path);
        var id = new StudyId("s");

        await studies.CancelAsync(id, Token);

        StudyRecord record = (await studies.ReadAsync(id, Token))!;
        Assert.True(record.State.IsOver);
        Assert.Equal(StopReason.Cancelled, record.State.Reason);
        Assert.All(record.Trials, trial => Assert.NotEqual(TrialState.Running, trial.State));
    }
}
