using System.Net;

namespace FunctionTune.Remote.Http;

/// <summary>What an address of a service must look like, so that a token sent there goes to nobody else.</summary>
internal static class ServiceAddress
{
    /// <summary>What is wrong with an address; null when it will do.</summary>
    /// <param name="address">The address as written.</param>
    /// <param name="path">Where it was written.</param>
    /// <param name="uri">The address, without a path, when it will do.</param>
    public static Problem? Check(string address, string path, out Uri uri)
    {
        uri = null!;
        string full = address.Contains("://", StringComparison.Ordinal) ? address : $"https://{address}";
        if (!Uri.TryCreate(full, UriKind.Absolute, out Uri? found) || found.Host.Length == 0)
        {
            return new Problem(path, "a workspace has an address", Shown(address), Example);
        }

        if (found.UserInfo.Length > 0)
        {
            return new Problem(path, "an address holds no user and no password", Shown(found), Example);
        }

        bool isSafe =
            string.Equals(found.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            || (string.Equals(found.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && IsThisMachine(found));
        if (!isSafe)
        {
            string rule = "an address begins with https://, so that nobody reads the token on its way";
            return new Problem(path, rule, Shown(found), "http:// is for servers on this machine only.");
        }

        if (found.AbsolutePath is not ("/" or "") || found.Fragment.Length > 0)
        {
            return new Problem(path, "an address ends after the host and its port", Shown(found), Example);
        }

        uri = new Uri(found.GetLeftPart(UriPartial.Authority));
        return null;
    }

    private const string Example = "Write for example https://adb-1234567890123456.7.azuredatabricks.net.";

    private static bool IsThisMachine(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static string Shown(string address) => address.Length == 0 ? "nothing" : $"'{Cut(address)}'";

    // Neither a password nor what follows the path is repeated.
    private static string Shown(Uri uri) => $"'{Cut($"{uri.Scheme}://{uri.Host}{uri.AbsolutePath}")}'";

    private static string Cut(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
