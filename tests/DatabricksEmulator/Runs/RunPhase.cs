namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>Where a run or a task stands. Phases only go forward.</summary>
internal enum RunPhase
{
    /// <summary>Waits for another task.</summary>
    Blocked,

    /// <summary>Waits for a free slot, and asked to be queued.</summary>
    Queued,

    /// <summary>Waits for its compute.</summary>
    Pending,
    Running,

    /// <summary>Has ended, and is being cleared away.</summary>
    Terminating,
    Terminated,
}
