using System.Collections.Concurrent;
using FunctionTune.History;
using FunctionTune.Hosting;

namespace FunctionTune.Local.Tests.Faraway;

/// <summary>A service that carries out runs, and goes on doing so whatever becomes of the hosts that asked for them.</summary>
internal sealed class FarawayService
{
    /// <summary>How an attempt ends; null for one that goes on until it is ended.</summary>
    public Func<TrialStart, TrialOutcome?> Play { get; set; } = _ => new TrialOutcome.Succeeded(new TrialResult(1));

    /// <summary>Whether the service lets anybody in.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>What it waits for before it tells that a run was begun.</summary>
    public Task Begun { get; set; } = Task.CompletedTask;

    /// <summary>What it waits for before it answers a look.</summary>
    public Task Silence { get; set; } = Task.CompletedTask;

    /// <summary>What it can carry.</summary>
    public RunnerCapacity? Capacity { get; set; }

    /// <summary>Every start that was asked for, with its time, oldest first.</summary>
    public ConcurrentQueue<(TrialStart Start, DateTimeOffset At)> Starts { get; } = new();

    /// <summary>The runs by token.</summary>
    public ConcurrentDictionary<string, FarawayRun> Runs { get; } = new(StringComparer.Ordinal);

    public void Start(TrialStart start)
    {
        Starts.Enqueue((start, DateTimeOffset.UtcNow));
        Runs.GetOrAdd(start.Token, _ => new FarawayRun(start.Study.ToString()) { Outcome = Play(start) });
    }

    public void End(string token, TrialOutcome outcome) => Runs[token].Outcome ??= outcome;
}
