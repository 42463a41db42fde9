using System.Collections;
using System.Collections.Concurrent;

namespace FunctionTune.DatabricksEmulator.Clusters;

/// <summary>The clusters of a workspace that stay.</summary>
public sealed class ClusterBook : IEnumerable<Cluster>
{
    private readonly ConcurrentDictionary<string, Cluster> _clusters;

    internal ClusterBook(IEnumerable<ClusterOptions> clusters, TimeSpan startDelay) =>
        _clusters = new(
            clusters.Select(options => KeyValuePair.Create(options.Id, new Cluster(options, startDelay))),
            StringComparer.Ordinal
        );

    /// <summary>The cluster of an id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Cluster this[string id] => _clusters[id];

    /// <summary>The cluster of an id; null when there is none.</summary>
    /// <param name="id">The id.</param>
    public Cluster? Find(string id) => _clusters.GetValueOrDefault(id);

    /// <summary>Ends a cluster for good: its id is unknown from now on.</summary>
    /// <param name="id">The id.</param>
    public void Remove(string id)
    {
        if (_clusters.TryRemove(id, out Cluster? cluster))
        {
            cluster.Terminate();
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Cluster> GetEnumerator() => _clusters.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
