using System.Collections.Immutable;
using FunctionTune.StandIns.Processes;

namespace FunctionTune.DatabricksEmulator.Clusters;

/// <summary>A cluster that stays. It may be changed while tasks run on it.</summary>
public sealed class Cluster
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _startDelay;
    private readonly int? _fixedSlots;
    private readonly NodeType _nodeType;
    private Task _ready = Task.CompletedTask;
    private ImmutableArray<ClusterEvent> _events = [];

    internal Cluster(ClusterOptions options, TimeSpan startDelay)
    {
        Id = options.Id;
        _nodeType =
            NodeType.Find(options.NodeTypeId)
            ?? throw new ArgumentException($"There is no node type {options.NodeTypeId}.", nameof(options));
        Autoscale = options.Autoscale;
        SparkConf = options.SparkConf;
        _fixedSlots = options.Slots;
        _startDelay = startDelay;
        NumWorkers = options.NumWorkers;
        State = options.IsTerminated ? ClusterState.Terminated : ClusterState.Running;
        Executors = options.IsTerminated ? 0 : options.NumWorkers;
        Slots.Capacity = Capacity();
        Note(options.IsTerminated ? "TERMINATING" : "RUNNING");
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>The machines of its driver and its workers.</summary>
    public string NodeTypeId => _nodeType.Id;

    /// <summary>How many workers it should have.</summary>
    public int NumWorkers { get; private set; }

    /// <summary>How many workers it has.</summary>
    public int Executors { get; private set; }

    /// <summary>Bounds of the number of workers, when it scales itself; else null.</summary>
    public (int Min, int Max)? Autoscale { get; }

    /// <summary>Its Spark configuration.</summary>
    public ImmutableSortedDictionary<string, string> SparkConf { get; }

    /// <summary>Where it stands.</summary>
    public ClusterState State { get; private set; }

    /// <summary>How many tasks run on it now.</summary>
    public int Busy => Slots.Taken;

    /// <summary>The cores that it has: those of its workers, or of its driver when it is a single node.</summary>
    public int Cores => _nodeType.Cores * (NumWorkers == 0 && State is ClusterState.Running ? 1 : Executors);

    internal SlotGate Slots { get; } = new();

    internal ImmutableArray<ClusterEvent> Events => _events;

    internal bool IsSingleNode => NumWorkers == 0;

    /// <summary>Called with a reason when it ends under the tasks that run on it.</summary>
    internal Action<Cluster, string, string> Ended { get; set; } = (_, _, _) => { };

    /// <summary>Gives it another number of workers. Tasks that run go on.</summary>
    /// <param name="workers">How many it shall have.</param>
    public void Resize(int workers)
    {
        lock (_gate)
        {
            bool grows = workers > Executors;
            NumWorkers = workers;
            Note("RESIZING");
            SetExecutors(workers);
            Note(grows ? "UPSIZE_COMPLETED" : "RESIZING");
        }
    }

    /// <summary>Takes workers away that it should have.</summary>
    /// <param name="count">How many.</param>
    public void LoseNodes(int count)
    {
        lock (_gate)
        {
            SetExecutors(Math.Max(0, Executors - count));
            Note("NODES_LOST");
        }
    }

    /// <summary>Ends it, and what runs on it. The next run that needs it starts it again.</summary>
    /// <param name="code">The termination code of the tasks that run on it.</param>
    public void Terminate(string code = "CLUSTER_TERMINATED_BY_USER")
    {
        lock (_gate)
        {
            State = ClusterState.Terminated;
            Executors = 0;
            Note("TERMINATING");
        }

        Ended(this, code, $"Cluster {Id} was terminated while the task was running.");
    }

    /// <summary>Starts it, if it stands still.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (State is ClusterState.Terminated)
            {
                State = ClusterState.Pending;
                Note("STARTING");
                _ready = BecomeReadyAsync();
            }
        }
    }

    /// <summary>Takes a slot of the running cluster; starts the cluster when it stands still.</summary>
    internal async Task EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Start();
            await _ready.WaitAsync(cancellationToken);
            await Slots.EnterAsync(cancellationToken);
            if (State is ClusterState.Running)
            {
                return;
            }

            Slots.Leave();
        }
    }

    private async Task BecomeReadyAsync()
    {
        await Task.Delay(_startDelay);
        lock (_gate)
        {
            if (State is ClusterState.Pending)
            {
                State = ClusterState.Running;
                SetExecutors(NumWorkers);
                Note("RUNNING");
            }
        }
    }

    private void SetExecutors(int count)
    {
        Executors = count;
        Slots.Capacity = Capacity();
    }

    private int Capacity() => _fixedSlots ?? Cores;

    private void Note(string type) => _events = _events.Add(new(DateTimeOffset.UtcNow, type, Executors, NumWorkers));
}
