namespace FunctionTune.Service.Http.Access;

/// <summary>What a caller sent does not prove who they are.</summary>
/// <param name="message">Why, in a sentence.</param>
internal sealed class TokenException(string message) : Exception(message);
