namespace FunctionTune.Remote.Http;

/// <summary>Which services and files studies may name when they are the studies of others.</summary>
internal static class AllowedServers
{
    /// <summary>What is wrong with a service; null when it may be named.</summary>
    /// <param name="server">The service that a study names.</param>
    /// <param name="allowed">Those that it may name; null for any.</param>
    /// <param name="path">Where the study names it.</param>
    public static Problem? Check(Uri server, IReadOnlyList<Uri>? allowed, string path) =>
        allowed is null || allowed.Any(one => IsSame(one, server))
            ? null
            : new Problem(
                path,
                "on this host a study names a service that the host is set up for",
                server.Authority,
                allowed.Count == 0
                    ? "The host is set up for none."
                    : $"Leave it out, or name {string.Join(" or ", allowed.Select(one => one.Authority))}."
            );

    /// <summary>What is wrong with a program; null when it may be named.</summary>
    /// <param name="isLocal">Whether it is a file of this machine.</param>
    /// <param name="isAllowed">Whether such files may be named.</param>
    /// <param name="file">The program.</param>
    /// <param name="path">Where the study names it.</param>
    public static Problem? CheckFile(bool isLocal, bool isAllowed, string file, string path) =>
        !isLocal || isAllowed
            ? null
            : new Problem(
                path,
                "on this host the program of a trial is a file that the cluster finds",
                $"'{file}'",
                "Write the full path of a file of the cluster, or a URI."
            );

    private static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(
            one,
            other,
            UriComponents.SchemeAndServer,
            UriFormat.SafeUnescaped,
            StringComparison.OrdinalIgnoreCase
        ) == 0;
}
