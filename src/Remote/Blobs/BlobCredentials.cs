using Azure;
using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace FunctionTune.Remote.Blobs;

/// <summary>
/// How this process may speak to an account: the connection string or the shared access signature in its environment, the
/// well-known key of an emulator, or else its identity (<see cref="AzureLogin"/>).
/// </summary>
internal static class BlobCredentials
{
    /// <summary>The environment variable with a connection string; it counts for the account that it names.</summary>
    public const string ConnectionVariable = "AZURE_STORAGE_CONNECTION_STRING";

    /// <summary>The environment variable with a shared access signature.</summary>
    public const string SasVariable = "AZURE_STORAGE_SAS_TOKEN";

    private const string EmulatorAccount = "devstoreaccount1";

    // The documentation of the emulator prints it; it opens nothing else.
    private const string EmulatorKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Opens an account; nothing is sent yet.</summary>
    /// <param name="place">The account.</param>
    /// <param name="options">How requests are sent.</param>
    /// <param name="environment">The value of an environment variable; null when it is not set.</param>
    /// <param name="login">Gives the identity of this process, if it comes to that.</param>
    public static BlobAccount Open(
        BlobPlace place,
        BlobClientOptions options,
        Func<string, string?> environment,
        Func<TokenCredential> login
    )
    {
        IReadOnlyDictionary<string, string> connection = Parts(environment(ConnectionVariable));
        bool isOfAccount = string.Equals(
            connection.GetValueOrDefault("AccountName"),
            place.Account,
            StringComparison.Ordinal
        );
        if (isOfAccount && connection.GetValueOrDefault("AccountKey") is { } key)
        {
            return WithKey(place, key, options);
        }

        string? sas = isOfAccount ? connection.GetValueOrDefault("SharedAccessSignature") : null;
        if ((sas ?? environment(SasVariable)) is { Length: > 0 } signature)
        {
            var service = new BlobServiceClient(
                place.Service,
                new AzureSasCredential(signature.TrimStart('?')),
                options
            );
            return new BlobAccount(service, null, IsByIdentity: false);
        }

        return place.IsEmulator && string.Equals(place.Account, EmulatorAccount, StringComparison.Ordinal)
            ? WithKey(place, EmulatorKey, options)
            : new BlobAccount(new(place.Service, login(), options), null, IsByIdentity: true);
    }

    private static BlobAccount WithKey(BlobPlace place, string key, BlobClientOptions options)
    {
        try
        {
            var credential = new StorageSharedKeyCredential(place.Account, key);
            return new BlobAccount(new(place.Service, credential, options), credential, IsByIdentity: false);
        }
        catch (FormatException fault)
        {
            throw new FunctionTuneException(
                $"The account key in {ConnectionVariable} must be Base64, but is not.",
                "Copy the connection string again.",
                fault
            );
        }
    }

    /// <summary>The parts of a connection string, name=value and semicolons between them.</summary>
    private static Dictionary<string, string> Parts(string? connection)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string part in (connection ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parts[part[..equals]] = part[(equals + 1)..];
            }
        }

        return parts;
    }
}
