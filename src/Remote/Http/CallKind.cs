namespace FunctionTune.Remote.Http;

/// <summary>Calls that share a rate limit.</summary>
internal enum CallKind
{
    /// <summary>Everything else.</summary>
    Other,

    /// <summary>Submitting a run.</summary>
    Submit,

    /// <summary>Looking at a run.</summary>
    Get,

    /// <summary>Listing runs.</summary>
    List,

    /// <summary>Reading or writing a file.</summary>
    Files,
}
