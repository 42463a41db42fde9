namespace FunctionTune.TrialClient.Tests.Places;

/// <summary>What can befall a request.</summary>
internal enum BlobFault
{
    None,

    /// <summary>It is answered by 503.</summary>
    Unavailable,

    /// <summary>It is carried out, and its answer never arrives.</summary>
    LostAnswer,

    /// <summary>The connection ends in the middle of the answer.</summary>
    CutAnswer,
}
