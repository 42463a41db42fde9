namespace FunctionTune.Testing.Durable;

/// <summary>Where an instance of an orchestration stands.</summary>
public enum HubStatus
{
    /// <summary>There is none of that id.</summary>
    None,

    /// <summary>It runs, or waits.</summary>
    Running,

    /// <summary>Its code is through.</summary>
    Completed,

    /// <summary>Its code threw.</summary>
    Failed,

    /// <summary>Somebody ended it from outside.</summary>
    Terminated,
}
