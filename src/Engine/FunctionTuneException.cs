namespace FunctionTune;

/// <summary>Something that FunctionTune cannot go on from, with a hint about what to do.</summary>
/// <param name="message">The rule and the value that broke it.</param>
/// <param name="hint">What the reader can do; empty when the message says it.</param>
/// <param name="inner">The cause, if another exception is the cause.</param>
public class FunctionTuneException(string message, string hint = "", Exception? inner = null)
    : Exception(hint.Length > 0 ? $"{message} {hint}" : message, inner)
{
    /// <summary>What the reader can do about it; empty when the message says it.</summary>
    public string Hint { get; } = hint;
}
