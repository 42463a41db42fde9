namespace FunctionTune.History;

/// <summary>Why a trial failed.</summary>
public enum FailureKind
{
    /// <summary>The trial itself reported the status <c>fail</c>.</summary>
    Reported,

    /// <summary>The objective threw an exception.</summary>
    Exception,

    /// <summary>The trial's program ended with an exit code other than 0 and left no result.</summary>
    ExitCode,

    /// <summary>The trial's program was killed by the system (exit code 137 and its like; often out of memory).</summary>
    Killed,

    /// <summary>The trial took longer than its timeout.</summary>
    Timeout,

    /// <summary>The trial ended well but left no result.</summary>
    NoResult,

    /// <summary>The trial left a result that breaks the rules of results.</summary>
    InvalidResult,

    /// <summary>The loss was not a number.</summary>
    NanLoss,

    /// <summary>The loss was plus or minus infinity.</summary>
    InfiniteLoss,

    /// <summary>The trial's program could not be started.</summary>
    CouldNotStart,

    /// <summary>
    /// Its platform refuses it for how the study is set up, whatever its parameters, such as a cluster that does not exist.
    /// </summary>
    Misconfigured,
}
