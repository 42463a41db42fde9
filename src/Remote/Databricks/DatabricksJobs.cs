using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Remote.Databricks.Answers;
using FunctionTune.Remote.Http;
using FunctionTune.Remote.Jobs;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Databricks;

/// <summary>The runs of a study on a workspace.</summary>
/// <param name="client">The workspace.</param>
/// <param name="submission">Writes what is submitted.</param>
/// <param name="capacity">Measures what can run at once.</param>
/// <param name="sweep">Ends what is left.</param>
/// <param name="since">When the oldest run can have started.</param>
internal sealed class DatabricksJobs(
    DatabricksClient client,
    DatabricksSubmission submission,
    DatabricksCapacity capacity,
    DatabricksSweep sweep,
    DateTimeOffset since
) : IJobService
{
    /// <summary>How many runs are looked at at the same time.</summary>
    private const int Askers = 16;

    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(30);

    private readonly ActiveRuns _active = new(client, since);
    private int _underWay;

    /// <inheritdoc/>
    public async Task<JobStart> SubmitAsync(JobOrder order, CancellationToken cancellationToken)
    {
        try
        {
            long run = await client.SubmitAsync(submission.Write(order), cancellationToken).ConfigureAwait(false);
            return new JobStart(new JsonObject { ["host"] = client.Host.Authority, ["run"] = run }, null);
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.Throttled)
        {
            capacity.Refused(_underWay);
            string message = OutcomeText.Line($"Databricks had no room: {fault.Said}");
            return new JobStart(null, new TrialOutcome.Deferred(message, fault.RetryAfter ?? s_later));
        }
        catch (ServiceException fault) when (fault is { IsTransient: false, Kind: Refusal.Invalid or Refusal.NotFound })
        {
            return new JobStart(
                null,
                fault.Said.Contains("idempotency", StringComparison.OrdinalIgnoreCase)
                && fault.Said.Contains("deleted", StringComparison.OrdinalIgnoreCase)
                    ? new TrialOutcome.Lost(OutcomeText.Line($"its run was deleted: {fault.Said}"))
                    : new TrialOutcome.Failed(
                        FailureKind.Misconfigured,
                        OutcomeText.Line($"Databricks refuses the runs as they are set up: {fault.Said}")
                    )
            );
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobEnd?>> LookAsync(
        IReadOnlyList<JsonElement> jobs,
        CancellationToken cancellationToken
    )
    {
        long[] runs = [.. jobs.Select(RunOf)];
        _underWay = runs.Length;
        HashSet<long> active = await _active.OfAsync(runs, cancellationToken).ConfigureAwait(false);
        var ends = new JobEnd?[runs.Length];
        await Parallel
            .ForEachAsync(
                Enumerable.Range(0, runs.Length).Where(i => !active.Contains(runs[i])),
                new ParallelOptions { MaxDegreeOfParallelism = Askers, CancellationToken = cancellationToken },
                async (i, ct) => ends[i] = await EndAsync(runs[i], ct).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        return ends;
    }

    /// <inheritdoc/>
    public async Task CancelAsync(JsonElement job, CancellationToken cancellationToken)
    {
        try
        {
            await client.CancelAsync(RunOf(job), cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException fault) when (fault.Kind is Refusal.NotFound or Refusal.Conflict || IsOver(fault))
        {
            // It has ended, or is gone: polls tell.
        }
    }

    /// <inheritdoc/>
    public Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken) =>
        capacity.MeasureAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SweepAsync(StudyId study, CancellationToken cancellationToken) =>
        sweep.RunAsync(study, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The connection belongs to all studies of the workspace.
    }

    private async Task<JobEnd?> EndAsync(long id, CancellationToken cancellationToken)
    {
        RunState run;
        try
        {
            run = await client.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException fault) when (fault.Kind == Refusal.NotFound)
        {
            return new JobEnd(new TrialOutcome.Lost(FormattableString.Invariant($"its run {id} is no longer there")));
        }

        if (!run.HasEnded)
        {
            return null;
        }

        TrialOutcome? outcome = RunVerdict.OutcomeOf(run);
        if (outcome is TrialOutcome.Deferred)
        {
            capacity.Refused(_underWay);
        }

        bool isExplained =
            outcome is null or TrialOutcome.Failed { Kind: FailureKind.Exception or FailureKind.Misconfigured };
        long task = RunVerdict.TaskOf(run)?.RunId ?? 0;
        return new JobEnd(outcome)
        {
            Explain = isExplained && task != 0 ? ct => ExplainAsync(task, outcome, ct) : null,
        };
    }

    private async Task<JobEnd> ExplainAsync(long task, TrialOutcome? outcome, CancellationToken cancellationToken)
    {
        RunOutput output;
        try
        {
            output = await client.GetOutputAsync(task, cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException fault) when (fault.Kind is Refusal.NotFound or Refusal.Invalid)
        {
            return new JobEnd(outcome); // some tasks leave no output
        }

        if (outcome is not TrialOutcome.Failed failed)
        {
            return new JobEnd(outcome) { Printed = output.NotebookResult ?? LastLine(output.Logs) };
        }

        bool isNamed = failed.Kind == FailureKind.Exception && output.Error.Length > 0;
        return new JobEnd(
            failed with
            {
                Message = isNamed ? OutcomeText.Line(output.Error) : failed.Message,
                Detail = OutcomeText.Detail(output.Trace.Length > 0 ? output.Trace : output.Logs),
            }
        );
    }

    private long RunOf(JsonElement job)
    {
        string host = job.Text("host");
        return string.Equals(host, client.Host.Authority, StringComparison.OrdinalIgnoreCase)
            ? job.Whole("run") ?? 0
            : throw new FunctionTuneException(
                $"The study's runs are on the workspace {host}, not on {client.Host.Authority}.",
                "Resume it with that host: look at DATABRICKS_HOST and the study file."
            );
    }

    private static bool IsOver(ServiceException fault) => fault.Code is "INVALID_STATE";

    private static string? LastLine(string logs) =>
        logs.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
}
