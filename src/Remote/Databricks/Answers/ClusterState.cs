using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.Remote.Databricks.Answers;

/// <summary>A cluster.</summary>
/// <param name="State">Where it stands, such as <c>RUNNING</c>.</param>
/// <param name="NodeType">The machines of its workers.</param>
/// <param name="DriverNodeType">The machine of its driver.</param>
/// <param name="Workers">The workers that it shall have.</param>
/// <param name="Executors">The workers that it has.</param>
/// <param name="MaxWorkers">The most workers, when it scales itself; else null.</param>
/// <param name="SparkConf">Its Spark configuration.</param>
internal sealed record ClusterState(
    string State,
    string NodeType,
    string DriverNodeType,
    int Workers,
    int Executors,
    int? MaxWorkers,
    ImmutableSortedDictionary<string, string> SparkConf
)
{
    /// <summary>Whether it is up: only then are its executors counted.</summary>
    public bool IsRunning => State is "RUNNING" or "RESIZING";

    public static ClusterState Read(JsonElement json) =>
        new(
            json.Text("state"),
            json.Text("node_type_id"),
            json.Text("driver_node_type_id") is { Length: > 0 } driver ? driver : json.Text("node_type_id"),
            (int)(json.Whole("num_workers") ?? 0),
            json.Items("executors").Count(),
            (int?)json.At("autoscale").Whole("max_workers"),
            json.At("spark_conf") is { ValueKind: JsonValueKind.Object } conf
                ? conf.EnumerateObject()
                    .ToImmutableSortedDictionary(e => e.Name, e => e.Value.ToString(), StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, string>.Empty
        );
}
