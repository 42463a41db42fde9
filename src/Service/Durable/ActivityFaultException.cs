namespace FunctionTune.Service.Durable;

/// <summary>An activity failed, also when it was tried again: a fault of the host, not of a trial.</summary>
public sealed class ActivityFaultException : Exception
{
    /// <summary>An activity failed.</summary>
    public ActivityFaultException()
        : this("An activity failed.") { }

    /// <summary>An activity failed.</summary>
    /// <param name="message">Which, and why, in a line.</param>
    public ActivityFaultException(string message)
        : base(message) { }

    /// <summary>An activity failed.</summary>
    /// <param name="message">Which, and why, in a line.</param>
    /// <param name="innerException">What the host says.</param>
    public ActivityFaultException(string message, Exception innerException)
        : base(message, innerException) { }
}
