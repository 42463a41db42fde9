namespace FunctionTune.Remote.Blobs;

/// <summary>A place in blob storage: an account, a container, and a prefix of names in it.</summary>
/// <param name="Service">URL of the account's blob service, without a slash at its end.</param>
/// <param name="Account">The account's name.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Prefix">What the names of all blobs begin with: empty, or ending in a slash.</param>
public sealed record BlobPlace(Uri Service, string Account, string Container, string Prefix)
{
    /// <summary>Whether the account is that of an emulator on this machine (Azurite).</summary>
    public bool IsEmulator => Service.IsLoopback;

    /// <summary>Whether a text is meant as a place in blob storage.</summary>
    /// <param name="text">A path or a URI.</param>
    public static bool IsOne(string text) =>
        text.StartsWith("abfs", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("wasb", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("http:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a place.</summary>
    /// <param name="text">
    /// <c>abfss://container@account.dfs.core.windows.net/prefix</c>, <c>https://account.blob.core.windows.net/container/prefix</c> (in
    /// any Azure cloud), or an emulator's <c>http://127.0.0.1:10000/devstoreaccount1/container/prefix</c>.
    /// </param>
    /// <param name="where">Where the text stands, for the message: a JSON path such as <c>$.staging</c>, or an option.</param>
    /// <exception cref="InvalidInputException">The text is no such place, or holds a secret.</exception>
    public static BlobPlace Parse(string text, string where) => new BlobPlaceReader(text, where).Read();

    /// <summary>The name of a blob of this place.</summary>
    /// <param name="path">Path from the place, parts separated by slashes.</param>
    public string NameOf(string path) => Prefix + path;

    /// <summary>
    /// The place as Hadoop and Spark write it, <c>abfss://..</c>; for an emulator, which Spark does not reach so, like its URL. Names
    /// stand there as they are, nothing is escaped.
    /// </summary>
    /// <param name="path">Path from the place.</param>
    public string AddressOf(string path)
    {
        string root = IsEmulator
            ? $"{Service.AbsoluteUri.TrimEnd('/')}/{Container}"
            : $"abfss://{Container}@{Service.Host.Replace(".blob.", ".dfs.", StringComparison.Ordinal)}";
        return $"{root}/{NameOf(path)}".TrimEnd('/');
    }

    /// <summary>The URL of a blob of this place.</summary>
    /// <param name="path">Path from the place.</param>
    public Uri UrlOf(string path) => new($"{Service.AbsoluteUri.TrimEnd('/')}/{Container}/{Escaped(NameOf(path))}");

    /// <summary>The place, without secrets.</summary>
    public override string ToString() => AddressOf("");

    private static string Escaped(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}
