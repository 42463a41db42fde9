namespace FunctionTune.Testing.Hosting;

/// <summary>What a trial of the contract does.</summary>
public enum TrialBehaviour
{
    /// <summary>It ends with the loss 0.5.</summary>
    Succeeds,

    /// <summary>It reports the losses 4, 2 and 1 at the steps 0, 1 and 2, and ends with the loss 0.5.</summary>
    Reports,

    /// <summary>It fails by its own fault.</summary>
    Fails,

    /// <summary>It goes on until it is stopped.</summary>
    NeverEnds,
}
