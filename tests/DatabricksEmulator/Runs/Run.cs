using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>A submitted run. What changes is guarded by the gate of the <see cref="RunBook"/>.</summary>
/// <param name="id">Its id.</param>
/// <param name="body">The request that submitted it.</param>
/// <param name="tasks">Its tasks.</param>
/// <param name="submitted">When it was submitted.</param>
internal sealed class Run(long id, JsonElement body, ImmutableArray<TaskRun> tasks, DateTimeOffset submitted)
    : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public long Id => id;

    public JsonElement Body => body;

    public ImmutableArray<TaskRun> Tasks => tasks;

    public DateTimeOffset Submitted => submitted;

    public string Name { get; } =
        body.TryGetProperty("run_name", out JsonElement name) ? name.GetString()! : "Untitled";

    public string? Token { get; } =
        body.TryGetProperty("idempotency_token", out JsonElement token) && token.GetString() is { Length: > 0 } text
            ? text
            : null;

    public ImmutableSortedDictionary<string, string> Tags { get; } =
        body.TryGetProperty("tags", out JsonElement tags)
            ? tags.EnumerateObject()
                .ToImmutableSortedDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;

    public int TimeoutSeconds { get; } =
        body.TryGetProperty("timeout_seconds", out JsonElement seconds) ? seconds.GetInt32() : 0;

    public bool IsQueueing { get; } =
        body.TryGetProperty("queue", out JsonElement queue) && queue.GetProperty("enabled").GetBoolean();

    public RunPhase Phase { get; set; } = RunPhase.Pending;

    /// <summary>When its first task began to run; its timeout counts from then.</summary>
    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Ended { get; set; }

    public Ending? End { get; set; }

    public bool IsActive => Phase is not RunPhase.Terminated;

    /// <summary>Why it was stopped; null when it was not.</summary>
    public Ending? Asked { get; private set; }

    /// <summary>Cancelled when the run shall stop.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>What newest-first lists are sorted by.</summary>
    public DateTimeOffset ListedAt => Ended ?? Submitted;

    /// <summary>The dependencies of a task's serverless environment.</summary>
    public ImmutableArray<string> DependenciesOf(TaskRun task) =>
        body.TryGetProperty("environments", out JsonElement environments)
            ?
            [
                .. environments
                    .EnumerateArray()
                    .Where(e => e.GetProperty("environment_key").ValueEquals(task.EnvironmentKey))
                    .Where(e => e.TryGetProperty("spec", out _))
                    .Select(e => e.GetProperty("spec"))
                    .Where(spec => spec.TryGetProperty("dependencies", out _))
                    .SelectMany(spec => spec.GetProperty("dependencies").EnumerateArray())
                    .Select(dependency => dependency.GetString()!),
            ]
            : [];

    /// <summary>Asks the run to stop; the first reason stays.</summary>
    public void Ask(Ending reason)
    {
        if (IsActive && Asked is null)
        {
            Asked = reason;
            _ = _stop.CancelAsync();
        }
    }

    public void Dispose() => _stop.Dispose();
}
