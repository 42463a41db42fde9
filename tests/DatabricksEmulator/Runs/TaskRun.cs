using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.DatabricksEmulator.Tasks;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>A task of a run. What changes is guarded by the gate of the <see cref="RunBook"/>.</summary>
/// <param name="id">The id of the task's own run.</param>
/// <param name="definition">The task as it was submitted.</param>
internal sealed class TaskRun(long id, JsonElement definition)
{
    public long Id => id;

    public JsonElement Definition => definition;

    public string Key { get; } = definition.GetProperty("task_key").GetString()!;

    public TaskKind Kind { get; } =
        Enum.GetValues<TaskKind>().First(kind => definition.TryGetProperty(SubmittedTask.FieldOf(kind), out _));

    public string? ClusterId { get; } = TextOf(definition, "existing_cluster_id");

    public bool HasNewCluster { get; } = definition.TryGetProperty("new_cluster", out _);

    public string? EnvironmentKey { get; } = TextOf(definition, "environment_key");

    public bool RunsAfterFailure { get; } = TextOf(definition, "run_if") is "ALL_DONE";

    public int TimeoutSeconds { get; } =
        definition.TryGetProperty("timeout_seconds", out JsonElement seconds) ? seconds.GetInt32() : 0;

    public ImmutableArray<string> DependsOn { get; } =
        definition.TryGetProperty("depends_on", out JsonElement others)
            ? [.. others.EnumerateArray().Select(other => other.GetProperty("task_key").GetString()!)]
            : [];

    public RunPhase Phase { get; set; }

    /// <summary>The cluster that it runs on; null before it has one.</summary>
    public string? RunsOn { get; set; }

    public DateTimeOffset Submitted { get; set; }

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Left { get; set; }

    public DateTimeOffset? Ended { get; set; }

    public Ending? End { get; set; }

    public TaskResult? Output { get; set; }

    private static string? TextOf(JsonElement definition, string name) =>
        definition.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
