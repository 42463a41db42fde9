using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FunctionTune.Remote.Databricks.Options;

/// <summary>What a trial's run runs on.</summary>
internal abstract record DatabricksCompute
{
    private DatabricksCompute() { }

    /// <summary>A cluster that all trials share.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Existing(string Id) : DatabricksCompute;

    /// <summary>A cluster for each run, made for it.</summary>
    /// <param name="Definition">Databricks' <c>new_cluster</c>.</param>
    public sealed record New(JsonObject Definition) : DatabricksCompute;

    /// <summary>Serverless compute.</summary>
    /// <param name="Version">The version of the environment; null for the workspace's own choice.</param>
    /// <param name="Dependencies">Packages, as pip takes them.</param>
    public sealed record Serverless(string? Version, ImmutableArray<string> Dependencies) : DatabricksCompute;
}
