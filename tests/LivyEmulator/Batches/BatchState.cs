namespace FunctionTune.LivyEmulator.Batches;

/// <summary>The states of a batch. Livy knows more, which batches never have.</summary>
public enum BatchState
{
    /// <summary>It waits for room, or its program is being started.</summary>
    Starting,

    /// <summary>Its program runs.</summary>
    Running,

    /// <summary>Its program ended with the exit code 0.</summary>
    Success,

    /// <summary>Its program ended with another exit code, or never ran.</summary>
    Dead,

    /// <summary>Its cluster ended it.</summary>
    Killed,

    /// <summary>Livy itself lost sight of it.</summary>
    Error,
}
