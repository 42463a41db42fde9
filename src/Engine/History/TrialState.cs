namespace FunctionTune.History;

/// <summary>
/// The life of a trial: <c>Waiting → Running → Succeeded | Failed | Cancelled | Lost</c>. A trial whose attempt failed for
/// reasons of infrastructure goes back from Running to Waiting with the next attempt.
/// </summary>
public enum TrialState
{
    /// <summary>Suggested, not started yet.</summary>
    Waiting,

    /// <summary>An attempt is under way.</summary>
    Running,

    /// <summary>Ended with a finite loss.</summary>
    Succeeded,

    /// <summary>Ended without a usable loss, by its own fault.</summary>
    Failed,

    /// <summary>Stopped because the study ended, or because the user asked.</summary>
    Cancelled,

    /// <summary>Its infrastructure failed as often as the study allows; the parameters are not to blame.</summary>
    Lost,
}
