using System.Net;

namespace FunctionTune.Remote.Http;

/// <summary>How a service speaks, and how it is spoken of.</summary>
/// <param name="Service">What it is, at the beginning of a sentence, such as <c>The workspace</c>.</param>
/// <param name="Read">Reads an answer that is an error.</param>
/// <param name="Unauthorized">What to do when it does not know who calls.</param>
/// <param name="Forbidden">What to do when who calls may not do that.</param>
/// <param name="NotItself">What to do when somebody else seems to answer in its place.</param>
internal sealed record ServiceWords(
    string Service,
    Func<HttpStatusCode, ReadOnlyMemory<byte>, ServiceError> Read,
    string Unauthorized,
    string Forbidden,
    string NotItself
);
