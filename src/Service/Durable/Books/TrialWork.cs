using System.Collections.Immutable;
using System.Diagnostics;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Service.Durable.Orders;
using FunctionTune.Service.Telemetry;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Books;

/// <summary>What an activity does with the trials of a study; each step writes down what it learned.</summary>
/// <param name="entry">The study.</param>
/// <param name="time">The clock.</param>
internal sealed class TrialWork(StudyEntry entry, TimeProvider time)
{
    /// <summary>Starts attempts side by side, as far as the log still calls for them, and writes all of it down at once.</summary>
    public async Task StartAsync(ImmutableArray<TrialAttempt> trials, CancellationToken cancellationToken)
    {
        TrialStart[] starts = await entry
            .Ledger.LookAsync(
                record =>
                    trials
                        .Where(t => StudyPlan.StillStarts(record.State, t.Trial, t.Attempt))
                        .Select(t => TrialStart.Of(record, t.Trial, t.Attempt))
                        .ToArray(),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (starts.Length == 0)
        {
            return;
        }

        using Activity? span = StudyTelemetry.Begin("ft.trial.start", entry.Id, starts.Length);
        ITrialRunner runner = await entry.RunnerAsync(cancellationToken).ConfigureAwait(false);
        var troubles = new Troubles();
        StudyEvent?[] facts = await Task.WhenAll(
                starts.Select(start => troubles.CatchAsync(() => StartAsync(runner, start, cancellationToken)))
            )
            .ConfigureAwait(false);
        await entry.Ledger.AppendAsync(_ => facts.OfType<StudyEvent>(), cancellationToken).ConfigureAwait(false);
        troubles.ThrowFirst();
    }

    /// <summary>Asks attempts to stop, as far as they are under way and this process has not asked them before.</summary>
    public async Task StopAsync(Func<TrialAttempt, bool> which, CancellationToken cancellationToken)
    {
        (TrialRun[] runs, string reason) = await entry
            .Ledger.LookAsync(record => (Stopping(record, which), StopText.Of(record.State.Reason)), cancellationToken)
            .ConfigureAwait(false);
        if (runs.Length == 0)
        {
            return;
        }

        using Activity? span = StudyTelemetry.Begin("ft.trial.stop", entry.Id, runs.Length);
        ITrialRunner runner = await entry.RunnerAsync(cancellationToken).ConfigureAwait(false);
        var troubles = new Troubles();
        await Task.WhenAll(
                runs.Select(run =>
                    troubles.CatchAsync(async () =>
                    {
                        await runner.StopAsync(run, reason, cancellationToken).ConfigureAwait(false);
                        entry.Stops.Add(new TrialAttempt(run.Trial, run.Attempt));
                        return run;
                    })
                )
            )
            .ConfigureAwait(false);
        troubles.ThrowFirst();
    }

    /// <summary>
    /// Looks at all trials under way, again at each sign of news, and fills the slots of those that have ended, until the hold is
    /// over or there is something to do that is not done here.
    /// </summary>
    public async Task PollAsync(long seen, TimeSpan hold, CancellationToken cancellationToken)
    {
        DateTimeOffset until = time.GetUtcNow() + hold;
        ITrialRunner runner = await entry.RunnerAsync(cancellationToken).ConfigureAwait(false);
        // What a runner knows of a stop it may know in memory only, and the stop was another process's: tell this one too.
        await StopAsync(_ => true, cancellationToken).ConfigureAwait(false);
        bool goesOn = true;
        while (goesOn)
        {
            bool ended = await LookAsync(runner, cancellationToken).ConfigureAwait(false);
            goesOn =
                (!ended || await FillAsync(seen, cancellationToken).ConfigureAwait(false))
                && await HasNewsAsync(runner, until, cancellationToken).ConfigureAwait(false);
        }

        await MeasureAsync(runner, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Measures what the runner can carry, when it is time and the study has use for it.</summary>
    public async Task MeasureAsync(ITrialRunner runner, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now < entry.NextMeasure || !await HasUseForCapacityAsync(entry, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        RunnerCapacity? measured = await runner.MeasureAsync(cancellationToken).ConfigureAwait(false);
        entry.NextMeasure = now + CapacityNews.Interval;
        await entry
            .Ledger.AppendAsync(
                record => CapacityNews.Of(record.State, measured, time.GetUtcNow()) is { } news ? [news] : [],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Whether the study may still start something.</summary>
    public static Task<bool> HasUseForCapacityAsync(StudyEntry entry, CancellationToken cancellationToken) =>
        entry.Ledger.LookAsync(record => CapacityNews.IsOfUse(record.State), cancellationToken);

    /// <summary>Fills the slots of trials that have ended.</summary>
    /// <returns>Whether all that is left is to wait for others, and the orchestration need not be told yet.</returns>
    private async Task<bool> FillAsync(long seen, CancellationToken cancellationToken) =>
        await new NextSteps(entry, time).FillAsync(this, cancellationToken).ConfigureAwait(false)
        && await entry
            .Ledger.LookAsync(
                record => !record.State.Live.IsEmpty && record.Version - seen <= LogSlice.MostFacts / 2,
                cancellationToken
            )
            .ConfigureAwait(false);

    private async Task<StudyEvent> StartAsync(
        ITrialRunner runner,
        TrialStart start,
        CancellationToken cancellationToken
    )
    {
        StartResult result = await runner.StartAsync(start, cancellationToken).ConfigureAwait(false);
        return result.Handle is { } handle
            ? new StudyEvent.Started(time.GetUtcNow(), start.Trial, start.Attempt, handle)
            : new StudyEvent.Finished(time.GetUtcNow(), start.Trial, start.Attempt, result.Outcome!);
    }

    private TrialRun[] Stopping(StudyRecord record, Func<TrialAttempt, bool> which) =>
        [
            .. StudyPlan
                .For(record.State)
                .OfType<StudyCommand.Stop>()
                .Select(stop => (stop.Handle, Attempt: new TrialAttempt(stop.Trial, stop.Attempt)))
                .Where(stop => which(stop.Attempt) && !entry.Stops.Contains(stop.Attempt))
                .Select(stop => new TrialRun(record.Id, stop.Attempt.Trial, stop.Attempt.Attempt, stop.Handle)),
        ];

    /// <summary>One look at all trials under way as of now: also those that were started since this activity began.</summary>
    /// <returns>Whether one of them has ended, or none is left.</returns>
    private async Task<bool> LookAsync(ITrialRunner runner, CancellationToken cancellationToken)
    {
        ImmutableArray<TrialRun> runs = await entry
            .Ledger.LookAsync(
                record =>
                    record
                        .State.Live.Select(t => new TrialRun(record.Id, t.Key, t.Value.Attempt, t.Value.Handle))
                        .ToImmutableArray(),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (runs.IsEmpty)
        {
            return true;
        }

        StudyTelemetry.Looked(runs.Length);
        using Activity? span = StudyTelemetry.Begin("ft.trial.poll", entry.Id, runs.Length);
        ImmutableArray<RunReport> reports = await runner.PollAsync(runs, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        await entry
            .Ledger.AppendAsync(
                _ => runs.Zip(reports, (run, report) => Facts(run, report, now)).SelectMany(f => f),
                cancellationToken
            )
            .ConfigureAwait(false);
        return reports.Any(report => report.Outcome is not null);
    }

    private static IEnumerable<StudyEvent> Facts(TrialRun run, RunReport report, DateTimeOffset at)
    {
        foreach (IntermediateValue value in report.Values)
        {
            yield return new StudyEvent.Reported(at, run.Trial, run.Attempt, value.Step, value.Values);
        }

        if (report.Outcome is { } outcome)
        {
            yield return new StudyEvent.Finished(at, run.Trial, run.Attempt, outcome);
        }
    }

    /// <summary>Waits until another look is worth while.</summary>
    /// <returns>Whether it is; false when the time is over.</returns>
    private async Task<bool> HasNewsAsync(
        ITrialRunner runner,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        TimeSpan left = until - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        using var patience = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await runner.WaitForNewsAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
