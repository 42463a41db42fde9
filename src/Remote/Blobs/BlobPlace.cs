using System.Text.RegularExpressions;

namespace FunctionTune.Remote.Blobs;

/// <summary>A place in blob storage: an account, a container, and a prefix of names in it.</summary>
/// <param name="Service">URL of the account's blob service, without a slash at its end.</param>
/// <param name="Account">The account's name.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Prefix">What the names of all blobs begin with: empty, or ending in a slash.</param>
public sealed partial record BlobPlace(Uri Service, string Account, string Container, string Prefix)
{
    private const string Forms =
        "Write abfss://container@account.dfs.core.windows.net/prefix, "
        + "https://account.blob.core.windows.net/container/prefix, or for Azurite http://127.0.0.1:10000/devstoreaccount1/container/prefix.";

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
    /// <exception cref="FunctionTuneException">The text is no such place, or holds a secret.</exception>
    public static BlobPlace Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri))
        {
            throw Refused("a place in blob storage is a URI", text, Forms);
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Refused(
                "a place in blob storage holds no query, and no secret",
                uri.GetLeftPart(UriPartial.Path) + "?..",
                $"A shared access signature goes into the environment variable {BlobCredentials.SasVariable}."
            );
        }

        string[] path = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/').Split('/');
        return uri.Scheme switch
        {
            "abfss" => OfHadoop(uri, path),
            "https" when Host(uri) is { Success: true } host => Of(
                new Uri($"https://{host.Groups["account"].Value}.blob.{host.Groups["cloud"].Value}"),
                host.Groups["account"].Value,
                path,
                text
            ),
            "http" or "https" when uri.IsLoopback => OfEmulator(uri, path),
            "http" => throw Refused("blob storage is spoken to by https", text, Forms),
            _ => throw Refused("a place in blob storage has one of three forms", text, Forms),
        };
    }

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

    private static BlobPlace OfHadoop(Uri uri, string[] path)
    {
        Match host = Host(uri);
        return host.Success && uri.UserInfo.Length > 0
            ? Of(
                new Uri($"https://{host.Groups["account"].Value}.blob.{host.Groups["cloud"].Value}"),
                host.Groups["account"].Value,
                [uri.UserInfo, .. path],
                uri.OriginalString
            )
            : throw Refused("an abfss URI names a container and an account", uri.OriginalString, Forms);
    }

    private static BlobPlace OfEmulator(Uri uri, string[] path) =>
        path is [{ Length: > 0 } account, ..]
            ? Of(new Uri($"{uri.GetLeftPart(UriPartial.Authority)}/{account}"), account, path[1..], uri.OriginalString)
            : throw Refused("the URL of an emulator begins with its account", uri.OriginalString, Forms);

    private static BlobPlace Of(Uri service, string account, string[] path, string text)
    {
        if (path is not [{ Length: > 0 } container, .. string[] rest] || !ContainerName().IsMatch(container))
        {
            throw Refused(
                "a container's name is 3 to 63 of a-z, 0-9 and single '-'",
                path is [{ Length: > 0 } name, ..] ? name : text,
                Forms
            );
        }

        string[] parts = [.. rest.Where((part, index) => part.Length > 0 || index < rest.Length - 1)];
        return parts.Any(part => part is "" or "." or ".." || part.Any(c => char.IsControl(c) || c == '\\'))
            ? throw Refused("a prefix has no empty parts, no '.', no '..' and no '\\'", text, "Use plain names.")
            : new BlobPlace(service, account, container, string.Concat(parts.Select(part => part + "/")));
    }

    private static Match Host(Uri uri) => AzureHost().Match(uri.IsDefaultPort ? uri.Host : uri.Authority);

    private static FunctionTuneException Refused(string rule, string value, string hint) =>
        new($"It must hold that {rule}, but got '{value}'.", hint);

    // Each cloud has its own domain: core.windows.net, core.usgovcloudapi.net, core.chinacloudapi.cn.
    [GeneratedRegex(
        "^(?<account>[a-z0-9]{3,24})\\.(blob|dfs)\\.(?<cloud>core\\.[a-z0-9.-]+)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex AzureHost();

    [GeneratedRegex(
        "^[a-z0-9](-?[a-z0-9]){2,62}\\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex ContainerName();
}
