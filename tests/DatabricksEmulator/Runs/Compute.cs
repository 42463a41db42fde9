using System.Globalization;
using FunctionTune.DatabricksEmulator.Clusters;
using FunctionTune.DatabricksEmulator.Tasks;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>Where tasks run: a slot of a cluster that stays, a cluster of the task's own, or serverless.</summary>
internal sealed class Compute(ClusterBook clusters, DatabricksWorkspaceOptions options)
{
    private int _newClusters;
    private int _made;

    /// <summary>Whether a task would have to wait for a slot.</summary>
    public bool IsFull(TaskRun task) => task.ClusterId is { } id && clusters.Find(id) is { Slots.IsFull: true };

    /// <summary>Waits until the task's compute is there.</summary>
    /// <returns>The compute, or why there is none.</returns>
    public async Task<(Lease? Lease, TaskResult? Refusal)> AcquireAsync(
        TaskRun task,
        CancellationToken cancellationToken
    )
    {
        if (task.ClusterId is { } id)
        {
            if (clusters.Find(id) is not { } cluster)
            {
                return (null, TaskResult.Platform("CLUSTER_ERROR", $"Cluster {id} does not exist."));
            }

            while (true)
            {
                await cluster.EnterAsync(cancellationToken);
                var slot = new Lease(id, cluster.Slots.Leave);
                await AfterAsync(slot, options.StartDelay, cancellationToken);
                if (cluster.State is ClusterState.Running)
                {
                    return (slot, null);
                }

                slot.Dispose();
            }
        }

        if (!task.HasNewCluster)
        {
            return (await AfterAsync(new Lease(null, () => { }), options.StartDelay, cancellationToken), null);
        }

        if (Interlocked.Increment(ref _newClusters) > (options.NewClusterQuota ?? int.MaxValue))
        {
            Interlocked.Decrement(ref _newClusters);
            return (null, TaskResult.Platform("CLUSTER_REQUEST_LIMIT_EXCEEDED", "The quota of clusters is used up."));
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"0101-000000-job{Interlocked.Increment(ref _made)}");
        var own = new Lease(name, () => Interlocked.Decrement(ref _newClusters));
        return (await AfterAsync(own, options.NewClusterDelay, cancellationToken), null);
    }

    private static async Task<Lease> AfterAsync(Lease lease, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, cancellationToken);
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Compute that a task holds.</summary>
    /// <param name="clusterId">Its cluster; null when it has none that is seen.</param>
    /// <param name="release">Gives it back.</param>
    internal sealed class Lease(string? clusterId, Action release) : IDisposable
    {
        public string? ClusterId => clusterId;

        public void Dispose() => release();
    }
}
