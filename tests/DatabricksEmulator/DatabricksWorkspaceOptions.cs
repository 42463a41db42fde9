using System.Collections.Immutable;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.DatabricksEmulator.Tasks;

namespace FunctionTune.DatabricksEmulator;

/// <summary>What a workspace is like.</summary>
public sealed record DatabricksWorkspaceOptions
{
    /// <summary>The port of 127.0.0.1 to listen on; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The bearer token that requests must carry.</summary>
    public string Token { get; init; } = "dapi-emulator";

    /// <summary>The folder that stands for <c>/Volumes</c>; null for one of its own, which goes with the workspace.</summary>
    public string? VolumesFolder { get; init; }

    /// <summary>The folder that stands for <c>/Workspace</c>; null for one of its own, which goes with the workspace.</summary>
    public string? WorkspaceFolder { get; init; }

    /// <summary>The folder that stands for <c>dbfs:/</c>; null for one of its own, which goes with the workspace.</summary>
    public string? DbfsFolder { get; init; }

    /// <summary>The Python that runs Python files, wheels and notebooks.</summary>
    public string Python { get; init; } = "python3";

    /// <summary>The clusters that stay: one with eight slots when nobody says otherwise.</summary>
    public ImmutableArray<ClusterOptions> Clusters { get; init; } = [ClusterOptions.WithSlots(8)];

    /// <summary>How many clusters of runs' own there may be at once; a run beyond it fails. Null for no limit.</summary>
    public int? NewClusterQuota { get; init; }

    /// <summary>How long a task on a cluster that stays, or serverless, is PENDING when it has its slot.</summary>
    public TimeSpan StartDelay { get; init; }

    /// <summary>How long a task with a cluster of its own is PENDING.</summary>
    public TimeSpan NewClusterDelay { get; init; }

    /// <summary>How long a terminated cluster takes to start.</summary>
    public TimeSpan ClusterStartDelay { get; init; }

    /// <summary>How long a task that has ended or was cancelled is TERMINATING.</summary>
    public TimeSpan TerminatingDelay { get; init; }

    /// <summary>Where chance in faults begins.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Carries out a task in place of a local process; null for local processes. It must end soon after its token is cancelled;
    /// an exception of it is an exception of the user's program.
    /// </summary>
    public Func<SubmittedTask, CancellationToken, Task<TaskResult>>? RunTask { get; init; }
}
