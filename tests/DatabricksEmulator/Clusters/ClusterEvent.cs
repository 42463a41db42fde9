namespace FunctionTune.DatabricksEmulator.Clusters;

/// <summary>Something that happened to a cluster.</summary>
/// <param name="At">When.</param>
/// <param name="Type">What, as Databricks names it.</param>
/// <param name="Workers">The workers that it then had.</param>
/// <param name="Target">The workers that it then should have.</param>
internal sealed record ClusterEvent(DateTimeOffset At, string Type, int Workers, int Target);
