using Azure.Core;
using Azure.Storage.Blobs;

namespace FunctionTune.Remote.Blobs;

/// <summary>A place in blob storage that this process speaks to. Instances may be used by several threads at once.</summary>
public sealed class BlobFolder
{
    private BlobFolder(BlobPlace place, BlobAccount account)
    {
        Place = place;
        Account = account;
        Container = account.Service.GetBlobContainerClient(place.Container);
    }

    /// <summary>The place.</summary>
    public BlobPlace Place { get; }

    internal BlobAccount Account { get; }

    internal BlobContainerClient Container { get; }

    /// <summary>Opens a place; nothing is sent yet.</summary>
    /// <param name="place">
    /// The place. Who may speak to it is in the environment: AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_SAS_TOKEN, or an identity
    /// (<see cref="AzureLogin"/>). For an emulator its well-known key is used.
    /// </param>
    public static BlobFolder Open(BlobPlace place) =>
        Open(place, Environment.GetEnvironmentVariable, AzureLogin.Credential, _ => { });

    /// <summary>Opens a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="environment">The value of an environment variable; null when it is not set.</param>
    /// <param name="login">Gives the identity of this process, if it comes to that.</param>
    /// <param name="configure">Changes how requests are sent.</param>
    internal static BlobFolder Open(
        BlobPlace place,
        Func<string, string?> environment,
        Func<TokenCredential> login,
        Action<BlobClientOptions> configure
    )
    {
        var options = new BlobClientOptions
        {
            // Storage answers "busy" for seconds at most; a try that hangs is given up and sent again.
            Retry =
            {
                Mode = RetryMode.Exponential,
                MaxRetries = 6,
                Delay = TimeSpan.FromSeconds(0.4),
                MaxDelay = TimeSpan.FromSeconds(15),
                NetworkTimeout = TimeSpan.FromSeconds(100),
            },
        };
        options.Diagnostics.ApplicationId = "functiontune";
        options.AddPolicy(new TryWatch(), HttpPipelinePosition.PerRetry);
        configure(options);
        return new BlobFolder(place, BlobCredentials.Open(place, options, environment, login));
    }
}
