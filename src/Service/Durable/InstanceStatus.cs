namespace FunctionTune.Service.Durable;

/// <summary>What becomes of a durable instance.</summary>
public enum InstanceStatus
{
    /// <summary>It is at work, or about to be, or suspended by an administrator.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Completed,

    /// <summary>It broke.</summary>
    Failed,

    /// <summary>An administrator ended it.</summary>
    Terminated,
}
