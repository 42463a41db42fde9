using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>
/// The runs under way, looked at together whenever a look is worth while. A look at a service that does not answer takes its
/// time: the study goes on meanwhile, so that it can be cancelled, and its time can be over.
/// </summary>
internal sealed class RunWatch(ITrialRunner runner, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static readonly Task<ImmutableArray<RunReport>> s_nothing = Task.FromResult(
        ImmutableArray<RunReport>.Empty
    );

    private readonly SortedDictionary<int, TrialRun> _runs = [];
    private Task? _news;
    private Look? _look;
    private bool _due;

    /// <summary>Watches a run. Taken up from an earlier host, it may have ended already: it is looked at at once.</summary>
    public void Add(TrialRun run)
    {
        _runs[run.Trial] = run;
        _due = true;
    }

    /// <summary>Completes when a look is worth while.</summary>
    public Task NewsAsync(CancellationToken cancellationToken)
    {
        if (_look is { } look)
        {
            return look.Reports;
        }

        if (_due)
        {
            return Task.CompletedTask;
        }

        return _news ??= runner.WaitForNewsAsync(cancellationToken);
    }

    /// <summary>What is new of the runs, if there may be anything; runs that ended are watched no longer.</summary>
    public async Task<List<StudyEvent>> LookAsync(CancellationToken cancellationToken)
    {
        if (_news is { IsCompleted: true } news)
        {
            _news = null;
            await news.ConfigureAwait(false);
            _due = true;
        }

        if (_due && _look is null)
        {
            _due = false;
            _look = Begin(cancellationToken);
        }

        return _look is { Reports.IsCompleted: true } ? await EndAsync().ConfigureAwait(false) : [];
    }

    /// <summary>Stops every run and says how each ended: by itself, or interrupted.</summary>
    /// <remarks>Runs that outlive their host go on: whoever takes the study up again finds them.</remarks>
    public async Task<List<StudyEvent>> InterruptAsync()
    {
        var ended = new List<StudyEvent>();
        if (runner.OutlivesHost)
        {
            return ended;
        }

        using var patience = new CancellationTokenSource(s_patience, time);
        try
        {
            ended.AddRange(await LastLookAsync().ConfigureAwait(false));

            foreach (TrialRun run in _runs.Values)
            {
                await runner.StopAsync(run, "its host was interrupted", patience.Token).ConfigureAwait(false);
            }

            ended.AddRange(await PollAsync(patience.Token).ConfigureAwait(false));
            while (_runs.Count > 0)
            {
                await runner.WaitForNewsAsync(patience.Token).ConfigureAwait(false);
                ended.AddRange(await PollAsync(patience.Token).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What does not end in time is left behind; whoever takes the study up again deals with it.
        }

        IEnumerable<StudyEvent> left = _runs.Values.Select(run => Ended(run, new TrialOutcome.Interrupted()));
        return [.. ended.Select(Honest), .. left];
    }

    private async Task<List<StudyEvent>> LastLookAsync()
    {
        try
        {
            return _look is null ? [] : await EndAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It was given up together with everything else; the next look sees the same.
            return [];
        }
    }

    private async Task<List<StudyEvent>> PollAsync(CancellationToken cancellationToken)
    {
        _look = Begin(cancellationToken);
        return await EndAsync().ConfigureAwait(false);
    }

    private Look Begin(CancellationToken cancellationToken)
    {
        ImmutableArray<TrialRun> runs = [.. _runs.Values];
        return new Look(runs, runs.IsEmpty ? s_nothing : runner.PollAsync(runs, cancellationToken));
    }

    /// <summary>Takes in what the look under way brings.</summary>
    private async Task<List<StudyEvent>> EndAsync()
    {
        Look look = _look!;
        _look = null;
        var events = new List<StudyEvent>();
        ImmutableArray<RunReport> reports = await look.Reports.ConfigureAwait(false);
        foreach ((TrialRun run, RunReport report) in look.Runs.Zip(reports))
        {
            events.AddRange(
                report.Values.Select(v => new StudyEvent.Reported(
                    time.GetUtcNow(),
                    run.Trial,
                    run.Attempt,
                    v.Step,
                    v.Values
                ))
            );
            if (report.Outcome is { } outcome)
            {
                _runs.Remove(run.Trial);
                events.Add(Ended(run, outcome));
            }
        }

        return events;
    }

    // A run that was stopped, or killed together with its host by the terminal, did not end by its own fault.
    private static StudyEvent Honest(StudyEvent fact) =>
        fact
            is StudyEvent.Finished
            {
                Outcome: TrialOutcome.Cancelled
                    or TrialOutcome.Failed { Kind: FailureKind.Killed or FailureKind.ExitCode }
            } finished
            ? finished with
            {
                Outcome = new TrialOutcome.Interrupted(),
            }
            : fact;

    private StudyEvent.Finished Ended(TrialRun run, TrialOutcome outcome) =>
        new(time.GetUtcNow(), run.Trial, run.Attempt, outcome);

    /// <summary>A look under way.</summary>
    private sealed record Look(ImmutableArray<TrialRun> Runs, Task<ImmutableArray<RunReport>> Reports);
}
