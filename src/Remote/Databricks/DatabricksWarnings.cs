using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Remote.Databricks.Options;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Databricks;

/// <summary>What people should know before a study runs on Databricks.</summary>
internal static class DatabricksWarnings
{
    /// <summary>The most execution contexts of a cluster.</summary>
    private const int MaxContexts = 145;

    /// <summary>The warnings, a line each.</summary>
    public static ImmutableArray<string> Of(StudySpec spec, DatabricksOptions options, IStagingArea area) =>
        [
            .. OfLimits(spec.Limits),
            .. OfMode(spec.Limits, options),
            .. OfCompute(options, area),
            .. spec.Trial.Timeout is null
                ?
                [
                    "The trials have no timeout: one that hangs holds its cluster, and its costs, until somebody looks. Set trial.timeout.",
                ]
                : s_none,
        ];

    private static readonly string[] s_none = [];

    private static string[] OfLimits(StudyLimits limits) =>
        !limits.AutoParallelism && limits.MaxEvals is { } evals and > 1 && limits.Parallelism >= evals
            ?
            [
                $"All {evals} trials run at once, so none learns from another: that is random search. "
                    + "Take a parallelism well below maxEvals.",
            ]
            : s_none;

    private static IEnumerable<string> OfMode(StudyLimits limits, DatabricksOptions options)
    {
        bool isShared = options.Compute is DatabricksCompute.Existing;
        if (options.IsDistributed && isShared && !limits.AutoParallelism && limits.Parallelism > 1)
        {
            yield return "Several distributed trials share one cluster: a job with barrier stages waits until all its slots are free at "
                + "once, and two of them may wait for each other. Take parallelism 1, or a new cluster for each trial.";
        }

        if (isShared && !limits.AutoParallelism && limits.Parallelism > MaxContexts * options.TrialsPerRun)
        {
            yield return $"A cluster holds at most {MaxContexts} execution contexts, fewer than the parallelism of {limits.Parallelism}. "
                + "Take less, or several trials a run (trialsPerRun).";
        }
    }

    private static IEnumerable<string> OfCompute(DatabricksOptions options, IStagingArea area)
    {
        if (
            options.Compute is DatabricksCompute.Serverless
            && area.UriOf("x", StagingUse.Read).StartsWith("abfs", StringComparison.Ordinal)
        )
        {
            yield return "Serverless compute reaches a storage account by external locations of Unity Catalog only: make one for the "
                + "staging area, or take a volume (/Volumes/...) or access \"sas\".";
        }

        if (
            options.Compute is DatabricksCompute.New { Definition: var cluster }
            && cluster["azure_attributes"] is JsonObject azure
            && Text(azure["availability"]) is { } availability
            && availability.StartsWith("SPOT", StringComparison.Ordinal)
            && !(azure["first_on_demand"] is JsonValue first && first.TryGetValue(out int number) && number >= 1)
        )
        {
            yield return "The driver is a spot machine: when Azure takes it back the trial is lost, and begins again from nothing. Set "
                + "azure_attributes.first_on_demand to 1.";
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
