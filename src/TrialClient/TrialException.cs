namespace FunctionTune.TrialClient;

/// <summary>A trial cannot be opened, read or answered. The message holds the rule, the value, and what to do.</summary>
public sealed class TrialException : Exception
{
    /// <summary>An exception without a text of its own.</summary>
    public TrialException() { }

    /// <summary>An exception with a text.</summary>
    /// <param name="message">The rule, the value, and what to do.</param>
    public TrialException(string message)
        : base(message) { }

    /// <summary>An exception with a text and a cause.</summary>
    /// <param name="message">The rule, the value, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TrialException(string message, Exception innerException)
        : base(message, innerException) { }
}
