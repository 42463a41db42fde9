namespace FunctionTune.LivyEmulator.Wire;

/// <summary>An answer that is an error, in the words of Livy.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">The message.</param>
internal sealed class LivyException(int status, string message) : Exception(message)
{
    public int Status => status;

    /// <summary>What Livy says when it takes no batch.</summary>
    public static LivyException Rejected(string reason) => new(400, $"Rejected, Reason: {reason}");

    public static LivyException NoSession(string idOrName) => new(404, $"Session '{idOrName}' not found.");
}
