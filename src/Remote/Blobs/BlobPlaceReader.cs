using System.Text.RegularExpressions;

namespace FunctionTune.Remote.Blobs;

/// <summary>Reads a place in blob storage.</summary>
/// <param name="text">The place as a user wrote it.</param>
/// <param name="where">Where it stands, for the message.</param>
internal sealed partial class BlobPlaceReader(string text, string where)
{
    private const string Forms =
        "Write abfss://container@account.dfs.core.windows.net/prefix, "
        + "https://account.blob.core.windows.net/container/prefix, or for Azurite http://127.0.0.1:10000/devstoreaccount1/container/prefix.";

    public BlobPlace Read()
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri))
        {
            throw Refused("a place in blob storage is a URI", text, Forms);
        }

        bool isHadoop = string.Equals(uri.Scheme, "abfss", StringComparison.Ordinal);
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || (uri.UserInfo.Length > 0 && !isHadoop))
        {
            throw Refused(
                "a place in blob storage holds no query, and no secret",
                $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath} with more",
                $"A shared access signature goes into the environment variable {BlobCredentials.SasVariable}."
            );
        }

        string[] path = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/').Split('/');
        Match host = AzureHost().Match(uri.IsDefaultPort ? uri.Host : uri.Authority);
        return uri.Scheme switch
        {
            "abfss" when host.Success && uri.UserInfo.Length > 0 => InAzure(host, [uri.UserInfo, .. path]),
            "https" when host.Success => InAzure(host, path),
            "http" or "https" when uri.IsLoopback && path is [{ Length: > 0 } account, .. string[] rest] => Of(
                new Uri($"{uri.GetLeftPart(UriPartial.Authority)}/{account}"),
                account,
                rest
            ),
            "http" => throw Refused("blob storage elsewhere is spoken to by https", text, Forms),
            _ => throw Refused("a place in blob storage names an account and a container", text, Forms),
        };
    }

    private BlobPlace InAzure(Match host, string[] path)
    {
        string account = host.Groups["account"].Value;
        return Of(new Uri($"https://{account}.blob.{host.Groups["cloud"].Value}"), account, path);
    }

    private BlobPlace Of(Uri service, string account, string[] path)
    {
        if (path is not [{ Length: > 0 } container, .. string[] rest] || !ContainerName().IsMatch(container))
        {
            throw Refused("a container's name is 3 to 63 of a-z, 0-9 and single '-'", text, Forms);
        }

        string[] parts = [.. rest.Where((part, index) => part.Length > 0 || index < rest.Length - 1)];
        return parts.Any(part => part is "" or "." or ".." || part.Any(c => char.IsControl(c) || c == '\\'))
            ? throw Refused("a prefix has no empty parts, no '.', no '..' and no '\\'", text, "Use plain names.")
            : new BlobPlace(service, account, container, string.Concat(parts.Select(part => part + "/")));
    }

    private InvalidInputException Refused(string rule, string value, string hint) =>
        new([new Problem(where, rule, value, hint)]);

    // The domains of Azure's clouds, and nobody else's: whoever is spoken to gets a token.
    [GeneratedRegex(
        "^(?<account>[a-z0-9]{3,24})\\.(blob|dfs)\\.(?<cloud>core\\.(windows\\.net|usgovcloudapi\\.net|chinacloudapi\\.cn))\\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex AzureHost();

    [GeneratedRegex(
        "^[a-z0-9](-?[a-z0-9]){2,62}\\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex ContainerName();
}
