namespace FunctionTune.Local;

/// <summary>
/// An objective throws this to report the status <c>fail</c>: its parameters are at fault, and suggesters learn that they
/// are bad. Any other exception is an error that teaches nothing.
/// </summary>
/// <param name="message">What is wrong with these parameters.</param>
public sealed class TrialFailedException(string message) : Exception(message)
{
    /// <summary>The loss to learn from, if there is one; it never becomes the best.</summary>
    public double? Loss { get; init; }
}
