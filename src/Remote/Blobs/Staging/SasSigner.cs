using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace FunctionTune.Remote.Blobs.Staging;

/// <summary>
/// Signs URLs that let whoever has them do one thing with one blob for a limited time: with the account's key, or with a key that
/// the service gives to an identity (user delegation), which is fetched again when half its life is over.
/// </summary>
/// <param name="folder">Where the blobs are.</param>
/// <param name="life">How long a URL is good.</param>
/// <param name="clock">What time it is.</param>
internal sealed class SasSigner(BlobFolder folder, TimeSpan life, TimeProvider clock)
{
    /// <summary>The longest life that the service grants to a delegated key, and so to what is signed with it.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromDays(7);

    // The service's clock may be ahead.
    private static readonly TimeSpan s_keyLife = MaxLife - TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private UserDelegationKey? _key;
    private DateTimeOffset _renewal;

    /// <summary>The URL of a blob, signed.</summary>
    /// <exception cref="FunctionTuneException">This process may not sign.</exception>
    public string Sign(string path, BlobSasPermissions permissions)
    {
        var sas = new BlobSasBuilder(permissions, clock.GetUtcNow() + life)
        {
            BlobContainerName = folder.Place.Container,
            BlobName = folder.Place.NameOf(path),
            Resource = "b",
            Protocol = folder.Place.IsEmulator ? SasProtocol.HttpsAndHttp : SasProtocol.Https,
        };
        return $"{folder.Place.UrlOf(path).AbsoluteUri}?{Parameters(sas)}";
    }

    private BlobSasQueryParameters Parameters(BlobSasBuilder sas)
    {
        if (folder.Account.Key is { } accountKey)
        {
            return sas.ToSasQueryParameters(accountKey);
        }

        if (!folder.Account.IsByIdentity)
        {
            throw new FunctionTuneException(
                $"Trials were to get shared access signatures for {folder.Place}, but a shared access signature cannot sign others.",
                $"Log in by an identity, or set {BlobCredentials.ConnectionVariable} to a connection string with the account's key; or let trials in by their own identity (\"access\": \"identity\")."
            );
        }

        UserDelegationKey key = DelegatedKey();
        sas.ExpiresOn = sas.ExpiresOn < key.SignedExpiresOn ? sas.ExpiresOn : key.SignedExpiresOn;
        return sas.ToSasQueryParameters(key, folder.Place.Account);
    }

    private UserDelegationKey DelegatedKey()
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (_key is null || now >= _renewal)
            {
                try
                {
                    _key = folder.Account.Service.GetUserDelegationKey(null, now + s_keyLife);
                    _renewal = now + (s_keyLife / 2);
                }
                catch (Exception fault) when (BlobFault.IsOne(fault))
                {
                    throw BlobFault.Of("No key to sign shared access signatures with was given", folder.Place, fault);
                }
            }

            return _key;
        }
    }
}
