using System.Collections.Immutable;
using System.Globalization;
using FunctionTune.Hosting;
using FunctionTune.Remote.Databricks.Answers;
using FunctionTune.Remote.Databricks.Options;
using FunctionTune.Remote.Http;

namespace FunctionTune.Remote.Databricks;

/// <summary>How many trials a study's compute carries at once.</summary>
/// <param name="client">The workspace.</param>
/// <param name="options">What the study file says.</param>
/// <param name="throttle">What the workspace seems to bear.</param>
internal sealed class DatabricksCapacity(DatabricksClient client, DatabricksOptions options, Throttle throttle)
{
    /// <summary>Trials at once by default when each has compute of its own: a few, for each costs.</summary>
    private const int OwnCompute = 4;

    private ImmutableDictionary<string, NodeType>? _types;

    /// <summary>Notes that the workspace had no room.</summary>
    /// <param name="jobs">The runs under way.</param>
    public void Refused(int jobs) => throttle.Refused(Math.Max(1, jobs) * options.TrialsPerRun);

    /// <summary>Measures; null when the workspace does not tell now.</summary>
    public async Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken)
    {
        RunnerCapacity? free = options.Compute switch
        {
            DatabricksCompute.Existing when options.IsDistributed => new RunnerCapacity(
                1,
                "distributed trials share one cluster: one at a time",
                options.MaxParallelism
            ),
            DatabricksCompute.Existing shared => await OfClusterAsync(shared.Id, cancellationToken)
                .ConfigureAwait(false),
            DatabricksCompute.New => Own("each trial has a cluster of its own"),
            _ => Own("each trial has serverless compute of its own"),
        };
        return free is null ? null : Bounded(free);
    }

    private RunnerCapacity Own(string what) =>
        new(
            Math.Min(OwnCompute * options.TrialsPerRun, options.MaxParallelism),
            $"{what}: {OwnCompute} at once unless asked for more{Batched}",
            options.MaxParallelism
        );

    private RunnerCapacity Bounded(RunnerCapacity free)
    {
        if (throttle.Limit is not { } limit || limit >= (free.Ceiling ?? int.MaxValue))
        {
            return free;
        }

        return new RunnerCapacity(
            Math.Min(free.Slots, limit),
            Invariant($"{free.Why}; held at {limit}, for the workspace had no room for more"),
            limit
        );
    }

    private async Task<RunnerCapacity?> OfClusterAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            ClusterState cluster = await client.GetClusterAsync(id, cancellationToken).ConfigureAwait(false);
            _types ??= await client.ListNodeTypesAsync(cancellationToken).ConfigureAwait(false);
            return Of(cluster, _types);
        }
        catch (ServiceException)
        {
            return null; // what was known before stays; a submit tells when the cluster is gone
        }
    }

    /// <summary>What a cluster carries.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="types">The kinds of machines.</param>
    internal RunnerCapacity Of(ClusterState cluster, IReadOnlyDictionary<string, NodeType> types)
    {
        int workers =
            cluster.IsRunning && cluster.Executors > 0 ? cluster.Executors : cluster.MaxWorkers ?? cluster.Workers;
        bool isSingleNode = workers == 0;
        NodeType machine = types.GetValueOrDefault(
            isSingleNode ? cluster.DriverNodeType : cluster.NodeType,
            new NodeType(1, 0)
        );
        (int perNode, string how) = PerNode(machine, cluster.SparkConf);
        int slots = Math.Max(1, workers) * perNode * options.TrialsPerRun;
        int most = Math.Max(Math.Max(1, workers), cluster.MaxWorkers ?? 0) * perNode * options.TrialsPerRun;
        string nodes = isSingleNode ? "a single node" : Invariant($"{workers} {(workers == 1 ? "worker" : "workers")}");
        string grows = most > slots ? Invariant($", up to {most} when it scales out") : "";
        string capped = most > options.MaxParallelism ? Invariant($", capped at {options.MaxParallelism}") : "";
        return new RunnerCapacity(
            Math.Clamp(slots, 1, options.MaxParallelism),
            $"{nodes} x {how}{Batched}{grows}{capped}",
            Math.Clamp(most, 1, options.MaxParallelism)
        );
    }

    private (int PerNode, string How) PerNode(NodeType machine, ImmutableSortedDictionary<string, string> conf)
    {
        int cores = options.CoresPerTrial ?? Math.Max(1, (int)Setting(conf, "spark.task.cpus", 1));
        int byCores = Math.Max(1, (int)(machine.Cores / cores));
        string how = Invariant($"{machine.Cores:0.##} cores / {cores} a trial");
        double gpus = options.GpusPerTrial ?? Setting(conf, "spark.task.resource.gpu.amount", 0);
        if (gpus <= 0 || machine.Gpus <= 0)
        {
            return (byCores, how);
        }

        int byGpus = Math.Max(1, (int)(machine.Gpus / gpus));
        return (Math.Min(byCores, byGpus), Invariant($"{how}, {machine.Gpus:0.##} GPUs / {gpus:0.##} a trial"));
    }

    private string Batched => options.TrialsPerRun > 1 ? Invariant($" x {options.TrialsPerRun} trials a run") : "";

    private static double Setting(ImmutableSortedDictionary<string, string> conf, string name, double otherwise) =>
        double.TryParse(
            conf.GetValueOrDefault(name),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out double value
        )
        && value > 0
            ? value
            : otherwise;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
