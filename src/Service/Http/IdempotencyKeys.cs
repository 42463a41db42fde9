using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FunctionTune.Staging;
using FunctionTune.Studies;
using Microsoft.AspNetCore.Http;

namespace FunctionTune.Service.Http;

/// <summary>
/// Requests that may be repeated: the first one with a key settles the study that all of them mean. Kept beside the studies, so
/// that it holds for every process of the host.
/// </summary>
internal sealed class IdempotencyKeys(IStagingArea area)
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;
    private const int MostBytes = 4096;

    /// <summary>The key of a request; null when it has none.</summary>
    /// <exception cref="ApiException">It breaks the rule of keys.</exception>
    public static string? In(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out Microsoft.Extensions.Primitives.StringValues values))
        {
            return null;
        }

        string key = values.ToString();
        return values.Count == 1 && key.Length is > 0 and <= Longest && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw ApiException.Invalid(
                new Problem(
                    Header,
                    $"the key is 1 to {Longest} visible ASCII characters",
                    $"{key.Length} characters",
                    Hint: "Take for example a UUID."
                )
            );
    }

    /// <summary>Settles what a key means.</summary>
    /// <param name="key">The key.</param>
    /// <param name="asked">The id that the caller wants; null for any.</param>
    /// <param name="id">The id that the study gets when the key is new.</param>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The id of the study that the key means.</returns>
    /// <exception cref="ApiException">The key was used for another request.</exception>
    public async Task<StudyId> ClaimAsync(
        string key,
        StudyId? asked,
        StudyId id,
        byte[] body,
        CancellationToken cancellationToken
    )
    {
        string path = $"idempotency/{Hash(Encoding.UTF8.GetBytes(key))}.json";
        var claim = new Claim(id, Hash([.. Encoding.UTF8.GetBytes($"{asked}\n"), .. body]));
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(claim, StudyJson.Options);
        if (await area.CreateAsync(path, content, cancellationToken).ConfigureAwait(false))
        {
            return id;
        }

        ReadOnlyMemory<byte>? kept = await area.ReadAsync(path, 0, MostBytes, cancellationToken).ConfigureAwait(false);
        Claim first = JsonSerializer.Deserialize<Claim>((kept ?? content).Span, StudyJson.Options)!;
        return string.Equals(first.Request, claim.Request, StringComparison.Ordinal)
            ? first.Study
            : throw new ApiException(
                new ApiProblem(422, "The Idempotency-Key was used for another request.")
                {
                    Detail = $"It means the study '{first.Study}'. Take a new key for a new study.",
                }
            );
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed record Claim(StudyId Study, string Request);
}
