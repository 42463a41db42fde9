using System.Collections.Concurrent;
using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Remote.Batching;
using FunctionTune.Remote.Trials;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Jobs;

/// <summary>
/// Runs trials as jobs of a service: what a trial is told and what it answers are files in a staging area, so that nothing of a
/// trial depends on this process. Jobs go on when the host ends.
/// </summary>
internal sealed class JobTrialRunner : ITrialRunner
{
    /// <summary>How many trials' files are read at the same time.</summary>
    private const int Readers = 16;

    private readonly ConcurrentDictionary<(StudyId, int, int), FollowedRun> _runs = new();
    private readonly IJobService _jobs;
    private readonly TrialFiles _files;
    private readonly ProgressNews _progress;
    private readonly JobVerdict _verdict;
    private readonly PollPace _pace;
    private readonly TimeProvider _time;
    private readonly Batches? _batches;

    /// <summary>A runner.</summary>
    /// <param name="jobs">The service; disposed of with the runner.</param>
    /// <param name="area">Where the trials' files lie.</param>
    /// <param name="settings">How the service is treated.</param>
    /// <param name="time">The clock.</param>
    public JobTrialRunner(IJobService jobs, IStagingArea area, JobRunnerSettings settings, TimeProvider time)
    {
        _jobs = jobs;
        _time = time;
        _files = new TrialFiles(area);
        _progress = new ProgressNews(_files, settings.ProgressInterval, time);
        _pace = new PollPace(settings.ShortestLook, settings.LongestLook, time);
        var batchFiles = new BatchFiles(area);
        _verdict = new JobVerdict(_files, batchFiles);
        _batches = settings.TrialsPerRun > 1 ? new Batches(jobs, _files, batchFiles, settings, time) : null;
    }

    /// <inheritdoc/>
    public bool OutlivesHost => true;

    /// <inheritdoc/>
    public Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken) =>
        _jobs.MeasureAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<StartResult> StartAsync(TrialStart start, CancellationToken cancellationToken)
    {
        StartResult result = _batches is null
            ? await StartOneAsync(start, cancellationToken).ConfigureAwait(false)
            : await _batches.StartAsync(start, cancellationToken).ConfigureAwait(false);
        if (result.Handle is { } handle)
        {
            Known(new TrialRun(start.Study, start.Trial, start.Attempt, handle));
        }

        return result;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RunReport>> PollAsync(
        ImmutableArray<TrialRun> runs,
        CancellationToken cancellationToken
    )
    {
        FollowedRun[] followed = [.. runs.Select(Known)];
        Dictionary<string, JobEnd?> ends = await LookAsync(followed, cancellationToken).ConfigureAwait(false);
        var reports = new RunReport[followed.Length];
        await Parallel
            .ForEachAsync(
                Enumerable.Range(0, followed.Length),
                new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken },
                async (i, ct) =>
                    reports[i] = await ReportAsync(followed[i], ends.GetValueOrDefault(followed[i].Handle.Name), ct)
                        .ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        return [.. reports];
    }

    /// <inheritdoc/>
    public async Task StopAsync(TrialRun run, string reason, CancellationToken cancellationToken)
    {
        FollowedRun followed = Known(run);
        followed.Ask(OutcomeText.Line(reason));
        if (followed.Outcome is not null)
        {
            return;
        }

        bool isWhole =
            followed.Handle.Batch is null
            || await _verdict.StopMemberAsync(followed, IsAsked, cancellationToken).ConfigureAwait(false);
        if (isWhole)
        {
            await _jobs.CancelAsync(followed.Handle.Job, cancellationToken).ConfigureAwait(false);
            _pace.Hurry();
        }
    }

    /// <inheritdoc/>
    public Task WaitForNewsAsync(CancellationToken cancellationToken)
    {
        long[] begun = [.. _runs.Values.Where(run => run.Outcome is null).Select(run => run.Began)];
        return Task.Delay(_pace.Next(begun.Length > 0 ? begun.Min() : null), _time, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SweepAsync(StudyId study, CancellationToken cancellationToken) =>
        _jobs.SweepAsync(study, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _jobs.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<StartResult> StartOneAsync(TrialStart start, CancellationToken cancellationToken)
    {
        TrialPlace place = await _files.BeginAsync(start, cancellationToken).ConfigureAwait(false);
        if (place.Uri is not { } uri)
        {
            return new StartResult(null, place.Outcome);
        }

        var trial = new TrialAttempt(start.Trial, start.Attempt);
        var order = new JobOrder(start.Study, start.Token, uri, [trial], start.Timeout);
        JobStart job = await _jobs.SubmitAsync(order, cancellationToken).ConfigureAwait(false);
        return job.Job is { } handle
            ? new StartResult(JobHandle.Write(handle, start.Token, batch: null), null)
            : new StartResult(null, JobVerdict.WithWait(job.Outcome!, start.Attempt, start.Token));
    }

    /// <summary>How the jobs of the runs ended, by their names; each job is looked at once.</summary>
    private async Task<Dictionary<string, JobEnd?>> LookAsync(
        FollowedRun[] followed,
        CancellationToken cancellationToken
    )
    {
        FollowedRun[] open =
        [
            .. followed.Where(run => run.Outcome is null).DistinctBy(run => run.Handle.Name, StringComparer.Ordinal),
        ];
        if (open.Length == 0)
        {
            return [];
        }

        IReadOnlyList<JobEnd?> ends = await _jobs
            .LookAsync([.. open.Select(run => run.Handle.Job)], cancellationToken)
            .ConfigureAwait(false);
        return open.Zip(ends).ToDictionary(pair => pair.First.Handle.Name, pair => pair.Second, StringComparer.Ordinal);
    }

    private async Task<RunReport> ReportAsync(FollowedRun run, JobEnd? end, CancellationToken cancellationToken)
    {
        if (run.Outcome is { } known)
        {
            return new RunReport([], known);
        }

        Task<ImmutableArray<IntermediateValue>> reading = _progress.ReadAsync(
            run.Run,
            end is not null,
            cancellationToken
        );
        if (end is null)
        {
            return new RunReport(await reading.ConfigureAwait(false), null);
        }

        // Both are calls to the storage: at the same time, for each may have to wait and try again.
        Task<TrialOutcome> judging = _verdict.OfAsync(run, end, IsAsked, cancellationToken);
        await Task.WhenAll(reading, judging).ConfigureAwait(false);
        TrialOutcome outcome = await judging.ConfigureAwait(false);
        run.Outcome = outcome;
        _pace.Ended(run.Began);
        return new RunReport(await reading.ConfigureAwait(false), outcome);
    }

    private FollowedRun Known(TrialRun run) =>
        _runs.GetOrAdd((run.Study, run.Trial, run.Attempt), _ => new FollowedRun(run, _time.GetTimestamp()));

    private bool IsAsked(StudyId study, TrialAttempt trial) =>
        _runs.TryGetValue((study, trial.Trial, trial.Attempt), out FollowedRun? run) && run.Reason is not null;
}
