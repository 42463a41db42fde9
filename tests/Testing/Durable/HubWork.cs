namespace FunctionTune.Testing.Durable;

/// <summary>An activity that an execution asked for.</summary>
internal sealed record HubWork(HubInstance Instance, int Execution, HubAction.Activity Activity, int Try)
{
    /// <summary>The same work carried out by a worker: another each time.</summary>
    public sealed class Attempt(HubWork work, WorkerLife worker)
    {
        public HubWork Work => work;

        public WorkerLife Worker => worker;

        public bool IsBegun { get; set; }
    }
}
