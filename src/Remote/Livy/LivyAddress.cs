using System.Net;
using System.Net.Sockets;

namespace FunctionTune.Remote.Livy;

/// <summary>
/// What the address of a Livy server must look like. Livy is often reached without encryption inside of a network: that is
/// allowed for hosts that cannot lie outside of one.
/// </summary>
internal static class LivyAddress
{
    private const string Example = "Write for example http://livy:8998, or https://gateway.example.com/livy.";

    private static readonly string[] s_privateZones =
    [
        ".local",
        ".internal",
        ".lan",
        ".home.arpa",
        ".svc",
        ".localhost",
    ];

    /// <summary>Stands for an address that breaks a rule.</summary>
    public static Uri None { get; } = new("https://invalid./");

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address as written.</param>
    /// <param name="path">Where it was written.</param>
    /// <returns>The address, which ends with a slash; or what is wrong with it.</returns>
    public static (Uri? Address, Problem? Problem) Read(string text, string path)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || uri.Host.Length == 0
            || uri.Scheme is not ("http" or "https")
        )
        {
            return (null, new Problem(path, "a Livy server has an address", Shown(text), Example));
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            string rule = "an address is a host, a port and a path: no user, password or query";
            string hint = "Set LIVY_USER and LIVY_PASSWORD, or LIVY_TOKEN, in the environment.";
            return (null, new Problem(path, rule, $"'{uri.Scheme}://{uri.Host}'", hint));
        }

        if (string.Equals(uri.Scheme, "http", StringComparison.Ordinal) && !IsPrivate(uri))
        {
            string rule = "an address begins with https://, unless its host can lie in a private network only";
            string hint =
                "Use https, or the server's private name or IP address: trials and passwords would go unencrypted "
                + "over networks of others.";
            return (null, new Problem(path, rule, Shown(text), hint));
        }

        return (new Uri(uri.AbsoluteUri.TrimEnd('/') + "/"), null);
    }

    private static bool IsPrivate(Uri uri)
    {
        if (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address))
        {
            return IsPrivate(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        }

        return !uri.Host.Contains('.', StringComparison.Ordinal)
            || Array.Exists(s_privateZones, zone => uri.Host.EndsWith(zone, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return IPAddress.IsLoopback(address) || address.IsIPv6UniqueLocal;
        }

        byte[] b = address.GetAddressBytes();
        return b[0] is 10 or 127
            || (b[0] == 172 && b[1] is >= 16 and <= 31)
            || (b[0] == 192 && b[1] == 168)
            || (b[0] == 100 && b[1] is >= 64 and <= 127);
    }

    private static string Shown(string text) =>
        text.Length == 0 ? "nothing" : $"'{(text.Length <= 100 ? text : text[..100] + "…")}'";
}
