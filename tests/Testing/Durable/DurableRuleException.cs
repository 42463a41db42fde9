namespace FunctionTune.Testing.Durable;

/// <summary>An orchestration broke a rule of durable code, or waits for what will never come.</summary>
public sealed class DurableRuleException : Exception
{
    /// <summary>A rule was broken.</summary>
    public DurableRuleException()
        : this("A rule of durable code was broken.") { }

    /// <summary>A rule was broken.</summary>
    /// <param name="message">Which, and how.</param>
    public DurableRuleException(string message)
        : base(message) { }

    /// <summary>A rule was broken.</summary>
    /// <param name="message">Which, and how.</param>
    /// <param name="innerException">The cause.</param>
    public DurableRuleException(string message, Exception innerException)
        : base(message, innerException) { }
}
