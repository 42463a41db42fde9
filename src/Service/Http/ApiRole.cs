namespace FunctionTune.Service.Http;

/// <summary>What a caller must be allowed to do.</summary>
public enum ApiRole
{
    /// <summary>To look at studies.</summary>
    Read,

    /// <summary>To ask for studies.</summary>
    Submit,

    /// <summary>To steer studies: cancel, pause, resume, change limits.</summary>
    Cancel,
}
