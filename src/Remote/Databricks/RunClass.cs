namespace FunctionTune.Remote.Databricks;

/// <summary>What the end of a run means for its trial.</summary>
internal enum RunClass
{
    /// <summary>It ended well.</summary>
    Succeeded,

    /// <summary>The user's program failed.</summary>
    Failed,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>The infrastructure failed; another attempt may well succeed.</summary>
    Lost,

    /// <summary>There was no room for it.</summary>
    Throttled,

    /// <summary>It cannot run as it is set up.</summary>
    Misconfigured,
}
