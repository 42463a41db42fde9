namespace FunctionTune.Remote.Http;

/// <summary>Why a service did not do what it was asked.</summary>
internal enum Refusal
{
    /// <summary>The request breaks a rule.</summary>
    Invalid,

    /// <summary>There is no such run, cluster or file.</summary>
    NotFound,

    /// <summary>Something is there already.</summary>
    Conflict,

    /// <summary>The token is missing, has expired, or may not do this.</summary>
    Denied,

    /// <summary>A limit of calls, runs or clusters is reached.</summary>
    Throttled,

    /// <summary>The service does not answer, or not as itself.</summary>
    Unavailable,
}
