namespace FunctionTune.History;

/// <summary>What a suggester may know of a trial's loss.</summary>
public enum LossKind
{
    /// <summary>The trial has a finite loss.</summary>
    Finite,

    /// <summary>The trial waits or runs: there is no loss yet.</summary>
    Pending,

    /// <summary>The trial ended without a finite loss, or with an infinite one, and its point is known to be bad.</summary>
    Bad,

    /// <summary>Nothing is to be learnt from the trial: it raised an error, its loss was not a number, or it was cancelled.</summary>
    None,
}
