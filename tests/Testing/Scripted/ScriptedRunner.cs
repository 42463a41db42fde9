using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Scripted;

/// <summary>A host's side of the scripted cluster.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="pass">Passed before and after each call of the cluster: a host may die there. Null for a host that never dies.</param>
public sealed class ScriptedRunner(ScriptedCluster cluster, Func<Task>? pass = null) : ITrialRunner
{
    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);
    private readonly Func<Task> _pass = pass ?? (() => Task.CompletedTask);
    private long _seen = cluster.Version;

    /// <inheritdoc/>
    public bool OutlivesHost => true;

    /// <inheritdoc/>
    public async Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken)
    {
        await _pass();
        return cluster.Capacity;
    }

    /// <inheritdoc/>
    public async Task<StartResult> StartAsync(TrialStart start, CancellationToken cancellationToken)
    {
        await _pass();
        StartResult result = cluster.Start(start);
        await _pass();
        return result;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RunReport>> PollAsync(
        ImmutableArray<TrialRun> runs,
        CancellationToken cancellationToken
    )
    {
        await _pass();
        _seen = cluster.Version;
        return [.. runs.Select(Look)];
    }

    /// <inheritdoc/>
    public async Task StopAsync(TrialRun run, string reason, CancellationToken cancellationToken)
    {
        await _pass();
        cluster.Stop(run.Handle.GetString()!, reason);
        await _pass();
    }

    /// <inheritdoc/>
    public async Task WaitForNewsAsync(CancellationToken cancellationToken)
    {
        if (_seen == cluster.Version)
        {
            // Tells the clock that somebody waits.
            await using ITimer waits = cluster.Time.CreateTimer(
                _ => { },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
            await cluster.ChangeAsync(_seen, cancellationToken);
        }

        _seen = cluster.Version;
        await _pass();
    }

    /// <inheritdoc/>
    public async Task SweepAsync(StudyId study, CancellationToken cancellationToken)
    {
        await _pass();
        cluster.Sweep(study);
        await _pass();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private RunReport Look(TrialRun run)
    {
        string token = run.Handle.GetString()!;
        DateTimeOffset now = cluster.Time.GetUtcNow();
        ScriptedRun known = cluster.Find(token)!;
        int told = _told.GetValueOrDefault(token);
        int reported = _told[token] = known.Reported(now);
        return new RunReport(
            [.. Enumerable.Range(told, reported - told).Select(Value)],
            known.Ends <= now ? known.Outcome : null
        );
    }

    private static IntermediateValue Value(int step) =>
        new(step, ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("loss", step));
}
