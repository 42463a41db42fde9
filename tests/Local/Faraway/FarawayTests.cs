using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Local.Tests.Faraway;

/// <summary>Studies whose trials run elsewhere and outlive the host that started them.</summary>
public sealed class FarawayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FarawayService _service = new();
    private readonly StudyId _id = new("s");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_goes_on_when_its_host_is_interrupted_and_is_counted_once()
    {
        _service.Play = start => start.Trial < 2 ? Loss(start.Trial) : null;
        await CreateAsync(new StudyLimits { MaxEvals = 4, Parallelism = 2 });
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(
                record =>
                {
                    if (record.State.Live.ContainsKey(2) && record.State.Live.ContainsKey(3))
                    {
                        interrupt.Cancel();
                    }
                },
                interrupt.Token
            )
        );
        Assert.All([2, 3], trial => Assert.Null(RunOf(trial).Outcome));

        _service.End(TokenOf(2), Loss(2));
        _service.End(TokenOf(3), Loss(3));
        StudyRecord study = await RunAsync();

        Assert.Equal([1, 1, 1, 1], study.Trials.Select(trial => trial.Attempts));
        Assert.Equal(4, study.State.Counts.Succeeded);
        Assert.Equal(4, _service.Starts.Count);
    }

    [Fact]
    public async Task A_start_that_was_never_written_down_finds_its_run_again()
    {
        _service.Play = start => Loss(start.Trial);
        StudyRecord study = await CreateAsync(new StudyLimits { MaxEvals = 2 });
        _service.Start(StartOf(study, 0));

        study = await RunAsync();

        Assert.Equal(2, _service.Runs.Count);
        Assert.Equal(2, study.State.Counts.Succeeded);
    }

    [Fact]
    public async Task Nothing_of_a_study_that_is_over_is_left_alive()
    {
        StudyRecord study = await CreateAsync(new StudyLimits { MaxEvals = 1 });
        _service.Play = start => start.Trial == 7 ? null : Loss(0);
        _service.Start(StartOf(study, 7));

        await RunAsync();

        Assert.All(_service.Runs.Values, run => Assert.NotNull(run.Outcome));
    }

    [Fact]
    public async Task A_deferred_trial_waits_in_the_study_and_costs_it_no_attempt()
    {
        var wait = TimeSpan.FromMilliseconds(300);
        _service.Play = start =>
            start is { Trial: 0, Attempt: <= 4 } ? new TrialOutcome.Deferred("No room.", wait) : Loss(0);
        await CreateAsync(new StudyLimits { MaxEvals = 2, MaxAttempts = 2 });

        StudyRecord study = await RunAsync();

        Assert.Equal(2, study.State.Counts.Succeeded);
        DateTimeOffset[] tries = [.. _service.Starts.Where(s => s.Start.Trial == 0).Select(s => s.At)];
        Assert.Equal(5, tries.Length);
        Assert.All(tries.Zip(tries.Skip(1)), pair => Assert.True(pair.Second - pair.First >= wait));
    }

    [Fact]
    public async Task A_study_that_is_cancelled_does_not_wait_for_trials_that_were_put_off()
    {
        _service.Play = _ => new TrialOutcome.Deferred("No room.", TimeSpan.FromHours(1));
        await CreateAsync(new StudyLimits { MaxEvals = 1 });
        using var studies = Studies();
        Task<StudyRecord> run = studies.RunAsync(_id, cancellationToken: Cancel);
        while (_service.Runs.Values.All(r => !r.IsKnown))
        {
            await Task.Yield();
        }

        await studies.CancelAsync(_id, Cancel);

        Assert.Equal(StopReason.Cancelled, (await run).State.Reason);
        Assert.Single(_service.Starts);
    }

    [Theory]
    [InlineData(false, 8, 5, 2, 2)]
    [InlineData(false, 2, 5, 8, 2)]
    [InlineData(true, 1, 3, 8, 3)]
    [InlineData(true, 1, 9, 4, 4)]
    public async Task No_more_trials_are_under_way_than_the_cluster_carries(
        bool auto,
        int asked,
        int slots,
        int ceiling,
        int expected
    )
    {
        _service.Capacity = new RunnerCapacity(slots, "as the test says", ceiling);
        _service.Play = start => start.Trial < 20 ? null : Loss(0);
        await CreateAsync(
            new StudyLimits
            {
                MaxEvals = 20,
                Parallelism = asked,
                AutoParallelism = auto,
            }
        );

        StudyRecord study = await RunAsync(record =>
        {
            Assert.InRange(record.State.Live.Count, 0, expected);
            int full = Math.Min(expected, 20 - record.State.Counts.Completed);
            if (full > 0 && record.State.Live.Count == full)
            {
                _service.End(record.State.Live.First().Value.Handle.GetString()!, Loss(1));
            }
        });

        Assert.Equal(20, study.State.Counts.Succeeded);
        Assert.Equal(expected, study.State.Slots);
        Assert.Equal("as the test says", study.State.Capacity!.Why);
    }

    [Fact]
    public async Task A_set_up_that_is_refused_stops_the_study_and_once_put_right_it_goes_on()
    {
        _service.Play = start =>
            start.Trial == 1
                ? new TrialOutcome.Failed(FailureKind.Misconfigured, "There is no cluster 'c'.")
                : Loss(start.Trial);
        await CreateAsync(new StudyLimits { MaxEvals = 5 });
        StudyRecord stopped = await RunAsync();
        Assert.Equal(StopReason.Misconfigured, stopped.State.Reason);
        Assert.Equal(2, stopped.State.NextTrial);

        using LocalStudies studies = Studies();
        await studies.ResumeAsync(_id, Cancel);
        StudyRecord study = await RunAsync();

        Assert.Equal(StopReason.MaxEvals, study.State.Reason);
        Assert.Equal((4, 1), (study.State.Counts.Succeeded, study.State.Counts.Failed));
    }

    [Fact]
    public async Task A_service_that_lets_nobody_in_loses_nothing()
    {
        _service.Play = start =>
        {
            _service.IsOpen = start.Trial < 2;
            return Loss(start.Trial);
        };
        await CreateAsync(new StudyLimits { MaxEvals = 6 });
        var refusal = await Assert.ThrowsAsync<FunctionTuneException>(() => RunAsync());
        Assert.Contains("token", refusal.Message, StringComparison.Ordinal);

        _service.IsOpen = true;
        _service.Play = start => Loss(start.Trial);
        StudyRecord study = await RunAsync();

        Assert.Equal(6, study.State.Counts.Succeeded);
        Assert.Equal(6, _service.Runs.Count);
    }

    [Fact]
    public async Task A_study_that_nobody_runs_is_cancelled_where_its_trials_are()
    {
        _service.Play = _ => null;
        await CreateAsync(new StudyLimits { MaxEvals = 3, Parallelism = 3 });
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(
                record =>
                {
                    if (record.State.Live.Count == 3)
                    {
                        interrupt.Cancel();
                    }
                },
                interrupt.Token
            )
        );

        using LocalStudies studies = Studies();
        await studies.CancelAsync(_id, Cancel);

        StudyRecord study = (await studies.ReadAsync(_id, Cancel))!;
        Assert.Equal(StopReason.Cancelled, study.State.Reason);
        Assert.All(_service.Runs.Values, run => Assert.IsType<TrialOutcome.Cancelled>(run.Outcome));
    }

    [Fact]
    public async Task A_study_can_be_cancelled_while_its_service_does_not_answer()
    {
        var answer = new TaskCompletionSource();
        _service.Silence = answer.Task;
        await CreateAsync(new StudyLimits { MaxEvals = 3 });
        using LocalStudies studies = Studies();
        Task<StudyRecord> run = studies.RunAsync(
            _id,
            record =>
            {
                if (record.State.Status == StudyStatus.Stopping)
                {
                    answer.TrySetResult();
                }
            },
            Cancel
        );
        while (_service.Starts.IsEmpty)
        {
            await Task.Yield();
        }

        await studies.CancelAsync(_id, Cancel);

        Assert.Equal(StopReason.Cancelled, (await run).State.Reason);
    }

    [Fact]
    public async Task A_study_does_not_end_before_a_run_that_was_begun_when_it_was_cancelled()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_service.Begun, _service.Silence, _service.Play) = (begun.Task, answer.Task, _ => null);
        await CreateAsync(new StudyLimits { MaxEvals = 1 });
        using LocalStudies studies = Studies();
        Task<StudyRecord> run = studies.RunAsync(
            _id,
            record =>
            {
                if (record.State is { Status: StudyStatus.Stopping, Live.IsEmpty: true })
                {
                    begun.TrySetResult();
                }
            },
            Cancel
        );
        while (_service.Starts.IsEmpty)
        {
            await Task.Yield();
        }

        await studies.CancelAsync(_id, Cancel);
        while (_service.Runs.Values.Single().Outcome is null)
        {
            await Task.Yield();
        }

        answer.SetResult();
        await run;

        StudyLog log = await studies.Store.ReadAsync(_id, 0, Cancel);
        Assert.Single(log.Events.OfType<StudyEvent.Ended>());
    }

    [Fact]
    public async Task A_host_whose_service_does_not_answer_is_interrupted_at_once()
    {
        _service.Silence = new TaskCompletionSource().Task;
        await CreateAsync(new StudyLimits { MaxEvals = 3 });
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(
                record =>
                {
                    if (!record.State.Live.IsEmpty)
                    {
                        interrupt.Cancel();
                    }
                },
                interrupt.Token
            )
        );

        _service.Silence = Task.CompletedTask;
        Assert.Equal(3, (await RunAsync()).State.Counts.Succeeded);
        Assert.Equal(3, _service.Runs.Count);
    }

    [Fact]
    public async Task What_the_platform_finds_wrong_or_worth_a_warning_is_told_before_the_study_exists()
    {
        var problem = new Problem("$.trial.livy.url", "the url must be known", "nothing");
        using var refusing = new LocalStudies(
            _folder.Path,
            platforms: [new FarawayPlatform(_service) { Problems = [problem] }]
        );
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            refusing.CreateAsync(_id, Spec(new StudyLimits { MaxEvals = 1 }), cancellationToken: Cancel)
        );
        Assert.Equal([problem], refusal.Problems);
        Assert.Null(await refusing.ReadAsync(_id, Cancel));

        var warnings = new List<string>();
        using LocalStudies studies = Studies();
        await studies.CreateAsync(
            _id,
            Spec(new StudyLimits { MaxEvals = 1 }),
            new StudyCreation { Warning = warnings.Add },
            Cancel
        );
        Assert.Equal(["It is far away."], warnings);
    }

    private static TrialOutcome.Succeeded Loss(double loss) => new(new TrialResult(loss));

    private static StudySpec Spec(StudyLimits limits) =>
        StudySpecs.Of(limits) with
        {
            Trial = new TrialSpec.Remote("livy", JsonSerializer.SerializeToElement(new { })),
        };

    private static TrialStart StartOf(StudyRecord study, int trial) =>
        new(study.Id, study.CreatedAt, trial, 1, null, study.Spec.Data, null);

    private LocalStudies Studies() => new(_folder.Path, platforms: [new FarawayPlatform(_service)]);

    private async Task<StudyRecord> CreateAsync(StudyLimits limits)
    {
        using LocalStudies studies = Studies();
        return await studies.CreateAsync(_id, Spec(limits), cancellationToken: Cancel);
    }

    private async Task<StudyRecord> RunAsync(Action<StudyRecord>? changed = null, CancellationToken? interrupt = null)
    {
        using LocalStudies studies = Studies();
        return await studies.RunAsync(_id, changed, interrupt ?? Cancel);
    }

    private string TokenOf(int trial) => _service.Starts.First(s => s.Start.Trial == trial).Start.Token;

    private FarawayRun RunOf(int trial) => _service.Runs[TokenOf(trial)];
}
