using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Carries out trials by calling a function of this process.</summary>
internal sealed class DelegateTrialRunner(Objective objective, TimeProvider time) : ITrialRunner
{
    private static readonly JsonElement s_handle = JsonSerializer.SerializeToElement(new { });

    private readonly ConcurrentDictionary<(int Trial, int Attempt), DelegateRun> _runs = new();
    private readonly News _news = new();

    public bool OutlivesHost => false;

    public Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken) =>
        Task.FromResult<RunnerCapacity?>(MachineCapacity.Now);

    public Task SweepAsync(StudyId study, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<StartResult> StartAsync(TrialStart start, CancellationToken cancellationToken)
    {
        DelegateRun run = _runs.GetOrAdd(
            (start.Trial, start.Attempt),
            _ => new DelegateRun(objective, start, time, _news)
        );
        run.Begin();
        return Task.FromResult(new StartResult(s_handle, Outcome: null));
    }

    public Task<ImmutableArray<RunReport>> PollAsync(
        ImmutableArray<TrialRun> runs,
        CancellationToken cancellationToken
    ) => Task.FromResult<ImmutableArray<RunReport>>([.. runs.Select(Look)]);

    public Task StopAsync(TrialRun run, string reason, CancellationToken cancellationToken)
    {
        if (_runs.TryGetValue((run.Trial, run.Attempt), out DelegateRun? known))
        {
            known.Stop(reason);
        }

        return Task.CompletedTask;
    }

    public Task WaitForNewsAsync(CancellationToken cancellationToken) => _news.WaitAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        foreach (DelegateRun run in _runs.Values)
        {
            run.Stop("the host ended");
        }

        return ValueTask.CompletedTask;
    }

    private RunReport Look(TrialRun run)
    {
        // A run of a process that is gone: functions do not outlive their process.
        return _runs.TryGetValue((run.Trial, run.Attempt), out DelegateRun? known)
            ? known.Look()
            : new RunReport([], new TrialOutcome.Interrupted());
    }
}
