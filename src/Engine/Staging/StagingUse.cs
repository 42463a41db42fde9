namespace FunctionTune.Staging;

/// <summary>What a trial does with a place.</summary>
public enum StagingUse
{
    /// <summary>It reads a file that is there.</summary>
    Read,

    /// <summary>It writes the file once.</summary>
    Create,

    /// <summary>It appends to the file while it runs.</summary>
    Append,
}
