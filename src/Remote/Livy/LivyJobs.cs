using System.Collections.Concurrent;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Remote.Http;
using FunctionTune.Remote.Jobs;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Livy;

/// <summary>The batches of a study on a Livy server. Livy ends no batch for its time: that is done here.</summary>
/// <param name="client">The server.</param>
/// <param name="options">What the study file says.</param>
/// <param name="submission">Writes what is asked for.</param>
/// <param name="sweep">Ends what is left.</param>
/// <param name="time">Measures timeouts.</param>
internal sealed class LivyJobs(
    LivyClient client,
    LivyOptions options,
    LivySubmission submission,
    LivySweep sweep,
    TimeProvider time
) : IJobService
{
    private const string Duplicate = "Duplicate session name";
    private const string TooMany = "too many sessions";

    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(10);

    private readonly LivyBatches _batches = new(client);
    private readonly LivyVerdict _verdict = new(client, options);

    /// <summary>Batches that this process ended, by their names.</summary>
    private readonly ConcurrentDictionary<string, bool> _ended = new(StringComparer.Ordinal);

    /// <summary>When batches were first seen running, by their names.</summary>
    private readonly ConcurrentDictionary<string, long> _running = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<JobStart> SubmitAsync(JobOrder order, CancellationToken cancellationToken)
    {
        string name = LivyNames.Of(order);
        try
        {
            LivyBatch batch = await client
                .CreateAsync(submission.Write(order), cancellationToken)
                .ConfigureAwait(false);
            return Started(order, batch);
        }
        catch (ServiceException fault) when (Says(fault, Duplicate))
        {
            // It was begun before: by a call whose answer was lost, or by an earlier host.
            LivyBatch? known = await _batches.FindAsync(name, cancellationToken).ConfigureAwait(false);
            return known is not null
                ? Started(order, known)
                : new JobStart(
                    null,
                    new TrialOutcome.Lost($"Livy knew its batch {name} and does not know it any more")
                );
        }
        catch (ServiceException fault) when (Says(fault, TooMany))
        {
            return new JobStart(null, new TrialOutcome.Deferred("Livy had no room for more batches", s_later));
        }
        catch (ServiceException fault) when (fault is { IsTransient: false, Kind: Refusal.Invalid })
        {
            string message = OutcomeText.Line($"Livy refuses the batches as they are set up: {fault.Said}");
            return new JobStart(null, new TrialOutcome.Failed(FailureKind.Misconfigured, message));
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobEnd?>> LookAsync(
        IReadOnlyList<JsonElement> jobs,
        CancellationToken cancellationToken
    )
    {
        LivyHandle[] handles = [.. jobs.Select(job => LivyHandle.Read(job, client.Server))];
        IReadOnlyDictionary<string, LivyBatch> known = await _batches
            .LookAsync(handles, cancellationToken)
            .ConfigureAwait(false);
        var ends = new JobEnd?[handles.Length];
        for (int i = 0; i < handles.Length; i++)
        {
            ends[i] = await JudgeAsync(handles[i], known.GetValueOrDefault(handles[i].Name), cancellationToken)
                .ConfigureAwait(false);
        }

        return ends;
    }

    /// <inheritdoc/>
    public async Task CancelAsync(JsonElement job, CancellationToken cancellationToken)
    {
        var handle = LivyHandle.Read(job, client.Server);
        _ended[handle.Name] = true;
        await EndAsync(handle, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken) =>
        Task.FromResult<RunnerCapacity?>(LivyCapacity.Of(options));

    /// <inheritdoc/>
    public Task SweepAsync(StudyId study, CancellationToken cancellationToken) =>
        sweep.RunAsync(study, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The connection belongs to all studies of the server.
    }

    private async Task<JobEnd?> JudgeAsync(LivyHandle handle, LivyBatch? batch, CancellationToken cancellationToken)
    {
        if (batch is null or { State: "killed" } && _ended.ContainsKey(handle.Name))
        {
            return new JobEnd(new TrialOutcome.Cancelled("its batch was ended"));
        }

        if (batch is null)
        {
            return new JobEnd(new TrialOutcome.Lost($"Livy does not know its batch {handle.Id} any more"));
        }

        return batch.HasEnded ? _verdict.Of(batch)
            : IsTooLate(handle, batch) ? await TimeOutAsync(handle, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private bool IsTooLate(LivyHandle handle, LivyBatch batch) =>
        handle.Timeout is { } timeout
        && batch.State is "running" or "busy" or "idle"
        && time.GetElapsedTime(_running.GetOrAdd(handle.Name, _ => time.GetTimestamp())) > timeout;

    private async Task<JobEnd> TimeOutAsync(LivyHandle handle, CancellationToken cancellationToken)
    {
        await EndAsync(handle, cancellationToken).ConfigureAwait(false);
        string message = $"the trial took longer than its timeout of {handle.Timeout:c}";
        return new JobEnd(new TrialOutcome.Failed(FailureKind.Timeout, message));
    }

    /// <summary>Ends a batch, if it is still the one of that name: a server that forgot everything gives numbers anew.</summary>
    private async Task EndAsync(LivyHandle handle, CancellationToken cancellationToken)
    {
        LivyBatch? batch = await client.FindAsync(handle.Id, cancellationToken).ConfigureAwait(false);
        if (batch is { HasEnded: false } && string.Equals(batch.Name, handle.Name, StringComparison.Ordinal))
        {
            await client.DeleteAsync(handle.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private JobStart Started(JobOrder order, LivyBatch batch) =>
        new(new LivyHandle(batch.Id, LivyNames.Of(order), order.Timeout).Write(client.Server), null);

    private static bool Says(ServiceException fault, string words) =>
        fault.Kind == Refusal.Invalid && fault.Said.Contains(words, StringComparison.OrdinalIgnoreCase);
}
