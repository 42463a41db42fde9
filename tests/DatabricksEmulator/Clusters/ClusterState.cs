namespace FunctionTune.DatabricksEmulator.Clusters;

/// <summary>Where a cluster stands.</summary>
public enum ClusterState
{
    /// <summary>Starts.</summary>
    Pending,

    /// <summary>Can run tasks.</summary>
    Running,

    /// <summary>Stands still.</summary>
    Terminated,
}
