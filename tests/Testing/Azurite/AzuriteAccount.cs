using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FunctionTune.Testing.Azurite;

/// <summary>The account that every Azurite has; its key is public.</summary>
public static class AzuriteAccount
{
    /// <summary>The account's name: the first part of the path of its URLs.</summary>
    public const string Name = "devstoreaccount1";

    /// <summary>The account's key, as its documentation prints it.</summary>
    public const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string Version = "2021-12-02";

    private static readonly HttpClient s_http = new();

    /// <summary>Creates a container by a request of its own, so that tests need no storage library for it.</summary>
    public static async Task CreateContainerAsync(Uri container, CancellationToken cancellationToken)
    {
        string date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        string resource = $"/{Name}{container.AbsolutePath}\nrestype:container";
        string signed = $"PUT{new string('\n', 12)}x-ms-date:{date}\nx-ms-version:{Version}\n{resource}";
        byte[] signature = HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(signed));
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{container}?restype=container");
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-version", Version);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"SharedKey {Name}:{Convert.ToBase64String(signature)}"
        );
        using HttpResponseMessage response = await s_http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
