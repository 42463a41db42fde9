using System.Collections.Immutable;

namespace FunctionTune.DatabricksEmulator.Clusters;

/// <summary>A cluster that is there from the beginning.</summary>
public sealed record ClusterOptions
{
    /// <summary>The id of the cluster that a workspace has when nobody says otherwise.</summary>
    public const string DefaultId = "0101-000000-emulator";

    /// <summary>Its id.</summary>
    public string Id { get; init; } = DefaultId;

    /// <summary>The machines of its driver and its workers: the id of a <see cref="NodeType"/>.</summary>
    public string NodeTypeId { get; init; } = "Standard_D4ds_v5";

    /// <summary>How many workers it shall have; 0 for a single node.</summary>
    public int NumWorkers { get; init; } = 2;

    /// <summary>Bounds of the number of workers, when the cluster scales itself; else null.</summary>
    public (int Min, int Max)? Autoscale { get; init; }

    /// <summary>Its Spark configuration.</summary>
    public ImmutableSortedDictionary<string, string> SparkConf { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How many tasks run on it at once; null for one a core of its workers.</summary>
    public int? Slots { get; init; }

    /// <summary>Whether it stands still at the beginning; a run that needs it starts it.</summary>
    public bool IsTerminated { get; init; }

    /// <summary>The default cluster, with machines and workers that have so many cores together.</summary>
    /// <param name="slots">How many tasks run on it at once, at least 1.</param>
    public static ClusterOptions WithSlots(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        NodeType type = NodeType.All.Take(4).Last(type => slots % type.Cores == 0);
        return new() { NodeTypeId = type.Id, NumWorkers = slots / type.Cores };
    }
}
