using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FunctionTune.Hosting;
using FunctionTune.Remote.Jobs;
using FunctionTune.Remote.Trials;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Batching;

/// <summary>
/// Starts several trials by one job, for trials that take less time than a job takes to start. Starts that come within a short
/// window make up a batch. The trials of a batch end together, when their job has ended, so that the next ones come together too.
/// </summary>
/// <param name="jobs">The service.</param>
/// <param name="files">The trials' files.</param>
/// <param name="batches">The files of batches.</param>
/// <param name="settings">The size of a batch, and the window.</param>
/// <param name="time">The clock.</param>
internal sealed class Batches(
    IJobService jobs,
    TrialFiles files,
    BatchFiles batches,
    JobRunnerSettings settings,
    TimeProvider time
)
{
    private readonly ConcurrentDictionary<(StudyId, int, int), Task<StartResult>> _starting = new();
    private readonly Lock _gate = new();
    private List<WaitingStart>? _open;

    /// <summary>Starts an attempt together with others.</summary>
    public async Task<StartResult> StartAsync(TrialStart start, CancellationToken cancellationToken)
    {
        (StudyId, int, int) key = (start.Study, start.Trial, start.Attempt);
        Task<StartResult> starting;
        lock (_gate)
        {
            // Asked twice at the same time, an attempt takes one place.
            starting = _starting.GetOrAdd(key, _ => Task.Run(() => BeginAsync(start), CancellationToken.None));
        }

        try
        {
            return await starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (starting.IsCompleted)
            {
                _starting.TryRemove(KeyValuePair.Create(key, starting));
            }
        }
    }

    private async Task<StartResult> BeginAsync(TrialStart start)
    {
        TrialPlace place = await files.BeginAsync(start, CancellationToken.None).ConfigureAwait(false);
        if (place.Uri is not { } uri)
        {
            return new StartResult(null, place.Outcome);
        }

        for (int number = 1; ; number++)
        {
            if (
                await batches.ClaimedAsync(start, number, CancellationToken.None).ConfigureAwait(false) is not { } batch
            )
            {
                var waiting = new WaitingStart(start, uri, number);
                Join(waiting);
                if (await waiting.Batch.ConfigureAwait(false) is not { } joined)
                {
                    continue;
                }

                return Result(start, joined.Token, joined.Job);
            }

            // A list that is not there yet will never be: who began it is gone, or finds the void one.
            ImmutableArray<TrialAttempt> members = await batches
                .ListAsync(start.Study, batch, [], CancellationToken.None)
                .ConfigureAwait(false);
            if (members.Contains(new TrialAttempt(start.Trial, start.Attempt)))
            {
                return Result(start, batch, await SubmitAsync(start, batch, members).ConfigureAwait(false));
            }
        }
    }

    private void Join(WaitingStart start)
    {
        lock (_gate)
        {
            if (_open is null)
            {
                _open = [];
                _ = CloseLaterAsync(_open);
            }

            _open.Add(start);
            if (_open.Count >= settings.TrialsPerRun)
            {
                Close(_open);
            }
        }
    }

    private async Task CloseLaterAsync(List<WaitingStart> batch)
    {
        await Task.Delay(settings.BatchWindow, time).ConfigureAwait(false);
        lock (_gate)
        {
            if (ReferenceEquals(_open, batch))
            {
                Close(batch);
            }
        }
    }

    private void Close(List<WaitingStart> batch)
    {
        _open = null;
        _ = Task.Run(() => GoAsync(batch));
    }

    private async Task GoAsync(List<WaitingStart> batch)
    {
        WaitingStart[] starts = [.. batch.OrderBy(each => each.Start.Trial)];
        try
        {
            string token = TokenOf(starts);
            bool[] claims = await Task.WhenAll(
                    starts.Select(each => batches.ClaimAsync(each.Start, each.Number, token, CancellationToken.None))
                )
                .ConfigureAwait(false);
            WaitingStart[] members = [.. starts.Where((_, i) => claims[i])];
            StudyId study = starts[0].Start.Study;
            ImmutableArray<TrialAttempt> listed = await batches
                .ListAsync(study, token, members.Select(each => each.Place), CancellationToken.None)
                .ConfigureAwait(false);
            JobStart? job = listed.IsEmpty
                ? null
                : await SubmitAsync(starts[0].Start, token, listed).ConfigureAwait(false);
            foreach (WaitingStart each in starts)
            {
                bool isIn = listed.Contains(new TrialAttempt(each.Start.Trial, each.Start.Attempt));
                each.Tell(isIn && job is not null ? (token, job) : null);
            }
        }
        catch (Exception fault)
        {
            Array.ForEach(starts, each => each.Fail(fault));
        }
    }

    private Task<JobStart> SubmitAsync(TrialStart one, string batch, ImmutableArray<TrialAttempt> members) =>
        jobs.SubmitAsync(
            new JobOrder(one.Study, batch, batches.PlaceOf(one.Study, batch), members, one.Timeout * members.Length)
            {
                IsBatch = true,
            },
            CancellationToken.None
        );

    private static StartResult Result(TrialStart start, string batch, JobStart job) =>
        job.Job is { } handle
            ? new StartResult(JobHandle.Write(handle, start.Token, batch), null)
            : new StartResult(null, JobVerdict.WithWait(job.Outcome!, start.Attempt, start.Token));

    /// <summary>Names the batch by its trials and how often they have claimed.</summary>
    private static string TokenOf(WaitingStart[] starts) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        starts.Select(each => FormattableString.Invariant($"{each.Start.Token} {each.Number}"))
                    )
                )
            )
        );
}
