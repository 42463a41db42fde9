using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http.Access;

/// <summary>
/// Who may use a service on somebody's machine: whoever has the token, or, without one, the programs of that machine. Pages of
/// other sites that are open in a browser there may not, neither by a request across sites nor by a name that leads here.
/// </summary>
/// <param name="token">The token; null for a service that only this machine reaches.</param>
public sealed class LocalAccess(string? token) : IApiAccess
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _token = token is null ? null : Hash(token);

    /// <inheritdoc/>
    public Task<ApiProblem?> RefusalAsync(HttpContext context, ApiRole role)
    {
        ArgumentNullException.ThrowIfNull(context);
        HttpRequest request = context.Request;
        return Task.FromResult(
            _token is null && !IsThisMachine(request.Host.Host)
                ? Forbidden(
                    $"Without a token the service answers to localhost only, not to '{Cut(request.Host.Host)}'."
                )
            : !IsSameSite(request) ? Forbidden("Pages of other sites may not use the service.")
            : _token is not null && !HasToken(request)
                ? new ApiProblem(401, "The service wants its token.")
                {
                    Detail = "Send it in the header Authorization: Bearer TOKEN.",
                    Challenge = "Bearer",
                }
            : null
        );
    }

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static bool IsSameSite(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        return (
                origin.Length == 0
                || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.Ordinal)
            ) && (site is "" or "none" or "same-origin");
    }

    private bool HasToken(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _token);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static ApiProblem Forbidden(string detail) =>
        new(403, "The service does not answer this caller.") { Detail = detail };

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
