namespace FunctionTune.Studies;

/// <summary>Where a study stands.</summary>
public enum StudyStatus
{
    /// <summary>It starts trials.</summary>
    Running,

    /// <summary>It starts nothing new until it is resumed; trials under way go on.</summary>
    Paused,

    /// <summary>It starts nothing new and waits for trials under way.</summary>
    Stopping,

    /// <summary>It is over.</summary>
    Ended,
}
