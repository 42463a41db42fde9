namespace FunctionTune.Studies;

/// <summary>How trials are let into a staging area.</summary>
public enum StagingAccess
{
    /// <summary>By the identity of the cluster or machine that they run on.</summary>
    Identity,

    /// <summary>By places that carry a permission of their own for one file and a limited time (shared access signatures).</summary>
    Sas,
}
