namespace FunctionTune.Studies;

/// <summary>Why a study ended.</summary>
public enum StopReason
{
    /// <summary>As many trials as allowed were started, and all of them ended.</summary>
    MaxEvals,

    /// <summary>The time limit was reached; trials under way were stopped.</summary>
    Timeout,

    /// <summary>The best loss fell below the threshold.</summary>
    LossThreshold,

    /// <summary>A stop rule found no further progress; trials under way were stopped.</summary>
    EarlyStop,

    /// <summary>One trial after the other failed for the same cause; trials under way were stopped.</summary>
    IdenticalFailures,

    /// <summary>The user asked; trials under way were stopped.</summary>
    Cancelled,

    /// <summary>Every point of the space has been tried.</summary>
    SpaceExhausted,

    /// <summary>
    /// The platform refuses the study's trials for how they are set up; trials under way were stopped. Resumed, the study goes
    /// on.
    /// </summary>
    Misconfigured,
}
