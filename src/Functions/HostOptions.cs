using FunctionTune.Remote.Blobs;
using FunctionTune.Service.Http.Access;
using FunctionTune.Service.Rules;
using Microsoft.Extensions.Configuration;

namespace FunctionTune.Functions;

/// <summary>
/// What the app's settings say. In the environment two underscores stand for a colon: <c>FunctionTune__Store</c> is
/// <c>FunctionTune:Store</c>.
/// </summary>
/// <param name="Store">The container in which the studies are kept.</param>
/// <param name="Rules">What the app allows those who ask it for studies.</param>
public sealed record HostOptions(BlobPlace Store, HostRules Rules)
{
    /// <summary>The container in which the studies are kept, as a URL.</summary>
    public const string StoreKey = "FunctionTune:Store";

    /// <summary>Address of the Databricks workspace.</summary>
    public const string DatabricksHostKey = "FunctionTune:Databricks:Host";

    /// <summary>The directory of Microsoft Entra whose callers are let in.</summary>
    public const string TenantIdKey = "FunctionTune:Entra:TenantId";

    /// <summary>The app's registration in that directory.</summary>
    public const string ClientIdKey = "FunctionTune:Entra:ClientId";

    /// <summary>Set by the platform where it has proved who calls.</summary>
    public const string PlatformLoginKey = "WEBSITE_AUTH_ENABLED";

    /// <summary>The most trials that a study may ask for.</summary>
    public const string MaxEvalsKey = "FunctionTune:Limits:MaxEvals";

    /// <summary>The most trials at once.</summary>
    public const string ParallelismKey = "FunctionTune:Limits:Parallelism";

    /// <summary>The most attempts at a trial.</summary>
    public const string MaxAttemptsKey = "FunctionTune:Limits:MaxAttempts";

    /// <summary>The longest time that a trial may be given.</summary>
    public const string TrialTimeoutKey = "FunctionTune:Limits:TrialTimeout";

    /// <summary>Where trials on a cluster leave their files; read by their platforms, on every host.</summary>
    public const string StagingKey = "FUNCTIONTUNE_STAGING";

    /// <summary>Address of the Databricks workspace; null for none.</summary>
    public string? DatabricksHost { get; init; }

    /// <summary>Who is let in besides having a function key; null when the key is enough.</summary>
    public EntraOptions? Entra { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <param name="settings">The app's configuration.</param>
    /// <exception cref="InvalidInputException">Something is missing or wrong; all problems are listed.</exception>
    public static HostOptions Read(IConfiguration settings)
    {
        var reader = new SettingsReader(settings);
        BlobPlace? store = StoreOf(reader);
        string? databricks = DatabricksOf(reader);
        EntraOptions? entra = EntraOf(reader);
        var rules = new HostRules
        {
            MaxEvals = reader.Count(MaxEvalsKey, 10_000),
            Parallelism = reader.Count(ParallelismKey, 128),
            MaxAttempts = reader.Count(MaxAttemptsKey, 10),
            TrialTimeout = reader.Time(TrialTimeoutKey),
            Platforms = ["databricks", "livy", "simulated"],
            LocalFiles = false,
        };
        return store is not null && reader.Problems.Count == 0
            ? new HostOptions(store, rules with { StagingPlaces = [.. PlacesOf(store, reader)] })
            {
                DatabricksHost = databricks,
                Entra = entra,
            }
            : throw new InvalidInputException([.. reader.Problems]);
    }

    private static BlobPlace? StoreOf(SettingsReader reader)
    {
        if (reader.Text(StoreKey) is not { } store)
        {
            const string Hint = "Write the URL of a container, such as https://account.blob.core.windows.net/studies.";
            reader.Refuse(StoreKey, "the app must know where its studies are kept", "nothing", Hint);
            return null;
        }

        try
        {
            return BlobPlace.Parse(store, SettingsReader.NameOf(StoreKey));
        }
        catch (InvalidInputException fault)
        {
            reader.Refuse(fault.Problems);
            return null;
        }
    }

    private static string? DatabricksOf(SettingsReader reader)
    {
        if (reader.Text(DatabricksHostKey) is not { } host)
        {
            return null;
        }

        string address = host.Contains("://", StringComparison.Ordinal) ? host : $"https://{host}";
        bool isHost =
            Uri.TryCreate(address, UriKind.Absolute, out Uri? url)
            && (string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) || url.IsLoopback)
            && string.Equals(url.PathAndQuery, "/", StringComparison.Ordinal)
            && url.UserInfo.Length == 0;
        if (!isHost)
        {
            const string Hint = "Write for example https://adb-1234567890123456.7.azuredatabricks.net.";
            reader.Refuse(DatabricksHostKey, "a workspace's address is https and has no path", $"'{host}'", Hint);
        }

        return address;
    }

    private static EntraOptions? EntraOf(SettingsReader reader)
    {
        (string? tenant, string? client) = (reader.Text(TenantIdKey), reader.Text(ClientIdKey));
        if (tenant is not null && client is not null)
        {
            return new EntraOptions(tenant, client)
            {
                TrustsPrincipalHeader = bool.TryParse(reader.Text(PlatformLoginKey), out bool isOn) && isOn,
            };
        }

        if (tenant is not null || client is not null)
        {
            // Half a registration must not leave the door open.
            const string Rule = "a directory and the app's registration in it are set together, or neither is";
            reader.Refuse(tenant is null ? TenantIdKey : ClientIdKey, Rule, "nothing", "");
        }

        return null;
    }

    /// <summary>The app writes in its own name where its studies are kept, and where it was told to stage; nowhere else.</summary>
    private static IEnumerable<string> PlacesOf(BlobPlace store, SettingsReader reader) =>
        reader.Text(StagingKey) is { } staging ? [store.ToString(), staging] : [store.ToString()];
}
