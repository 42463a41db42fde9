using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace FunctionTune.Service.Http.Access;

/// <summary>
/// The keys with which a directory of Microsoft Entra signs its tokens, fetched once a day, and sooner when a token names one
/// that is not known, but not more often than every few minutes, whatever callers send.
/// </summary>
/// <param name="options">The registration of the service.</param>
/// <param name="client">Makes the call.</param>
/// <param name="time">The clock.</param>
public sealed class EntraKeys(EntraOptions options, HttpClient client, TimeProvider time) : IDisposable
{
    private const int LeastBits = 2048;

    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _gate = new(1);
    private ImmutableDictionary<string, RSAParameters> _keys = ImmutableDictionary<string, RSAParameters>.Empty;
    private DateTimeOffset _fetched = DateTimeOffset.MinValue;

    /// <summary>A key; null when the directory has none of that name.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FunctionTuneException">The directory cannot be reached, and no keys are known.</exception>
    public async Task<RSA?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            TimeSpan age = time.GetUtcNow() - _fetched;
            if (age >= s_kept || (age >= s_pause && !_keys.ContainsKey(id)))
            {
                await FetchAsync(cancellationToken).ConfigureAwait(false);
            }

            return _keys.TryGetValue(id, out RSAParameters key) ? RSA.Create(key) : null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(options.Authority, $"{options.TenantId}/discovery/v2.0/keys");
        try
        {
            byte[] answer = await client.GetByteArrayAsync(address, cancellationToken).ConfigureAwait(false);
            using var document = JsonDocument.Parse(answer);
            _keys = document
                .RootElement.GetProperty("keys")
                .EnumerateArray()
                .Where(IsForSigning)
                .ToImmutableDictionary(key => key.GetProperty("kid").GetString()!, Read, StringComparer.Ordinal);
        }
        catch (Exception fault)
            when (fault
                    is HttpRequestException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            if (_keys.IsEmpty)
            {
                throw new FunctionTuneException(
                    $"The keys of the directory cannot be had from {address}.",
                    inner: fault
                );
            }
        }

        // Also after a failure: the keys that are known serve until the next try.
        _fetched = time.GetUtcNow();
    }

    private static bool IsForSigning(JsonElement key) =>
        key.GetProperty("kty").ValueEquals("RSA")
        && (!key.TryGetProperty("use", out JsonElement use) || use.ValueEquals("sig"))
        && Base64Url.DecodeFromChars(key.GetProperty("n").GetString()).Length * 8 >= LeastBits;

    private static RSAParameters Read(JsonElement key) =>
        new()
        {
            Modulus = Base64Url.DecodeFromChars(key.GetProperty("n").GetString()),
            Exponent = Base64Url.DecodeFromChars(key.GetProperty("e").GetString()),
        };
}
