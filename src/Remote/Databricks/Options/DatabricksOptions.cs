using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionTune.Remote.Trials;

namespace FunctionTune.Remote.Databricks.Options;

/// <summary>What a study file says under <c>trial.databricks</c>.</summary>
/// <param name="Host">The workspace.</param>
/// <param name="Task">What a run does.</param>
/// <param name="Compute">What it runs on.</param>
internal sealed record DatabricksOptions(Uri Host, DatabricksTask Task, DatabricksCompute Compute)
{
    /// <summary>The most trials at once, when the study file does not say.</summary>
    public const int DefaultMaxParallelism = 128;

    /// <summary>Whether a trial uses the whole cluster, not one slot of it.</summary>
    public bool IsDistributed { get; init; }

    /// <summary>Databricks' <c>libraries</c>.</summary>
    public ImmutableArray<JsonNode> Libraries { get; init; } = [];

    /// <summary>Tags of the runs, besides ours.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Databricks' <c>access_control_list</c>.</summary>
    public ImmutableArray<JsonNode> AccessControl { get; init; } = [];

    /// <summary>Cores that a trial uses; null for what the cluster's <c>spark.task.cpus</c> says. Range: at least 1.</summary>
    public int? CoresPerTrial { get; init; }

    /// <summary>GPUs that a trial uses; null for what the cluster's configuration says. Range: at least 0.</summary>
    public double? GpusPerTrial { get; init; }

    /// <summary>The most trials that share a run. Range: at least 1.</summary>
    public int TrialsPerRun { get; init; } = 1;

    /// <summary>The most trials at once. Range: at least 1.</summary>
    public int MaxParallelism { get; init; } = DefaultMaxParallelism;

    /// <summary>Where the program was staged; null when there was nothing to stage.</summary>
    public StagedProgram? Staged { get; init; }
}
