using System.Text.RegularExpressions;

namespace FunctionTune.TrialClient.Places;

/// <summary>Names of places, which are paths or URIs.</summary>
internal static class PlaceName
{
    private const string Volumes = "/Volumes";

    // More than one letter: C:\ is no scheme.
    private static readonly Regex s_scheme = new(
        "^(?<scheme>[A-Za-z][A-Za-z0-9+.-]+):(?<host>//[^/]*)?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>The scheme of a URI in lower case; null for a path.</summary>
    public static string? Scheme(string place) =>
        s_scheme.Match(place) is { Success: true } match ? match.Groups["scheme"].Value.ToLowerInvariant() : null;

    public static bool IsVolume(string path) => path.StartsWith(Volumes + "/", StringComparison.Ordinal);

    /// <summary>The path of a volume's file on this machine.</summary>
    public static string Mounted(string path) =>
        $"{(Environment.GetEnvironmentVariable("FUNCTIONTUNE_VOLUMES") ?? Volumes).TrimEnd('/')}{path.Substring(Volumes.Length)}";

    public static string Absolute(string place) => IsAbsolute(place) ? place : Path.GetFullPath(place);

    /// <summary>A place as a file names it: absolute, or relative to the file.</summary>
    public static string Join(string file, string name) => IsAbsolute(name) ? name : Child(Child(file, ".."), name);

    /// <summary>
    /// The place of a file below a folder. What follows a question mark in a URL, such as a signature, stays at its end.
    /// </summary>
    public static string Child(string folder, string name)
    {
        string? scheme = Scheme(folder);
        if (scheme is null)
        {
            return IsVolume(folder) ? Normal(folder + "/" + name) : Path.GetFullPath(Path.Combine(folder, name));
        }

        string place = Shown(folder);
        string start = s_scheme.Match(place).Value;
        string below = scheme is "http" or "https" or "file"
            ? string.Join("/", name.Split('/').Select(Uri.EscapeDataString))
            : name;
        return $"{start}{Normal($"{place.Substring(start.Length)}/{below}")}{folder.Substring(place.Length)}";
    }

    /// <summary>A place without its signature, as messages show it.</summary>
    public static string Shown(string place) =>
        Scheme(place) is "http" or "https" && place.IndexOf('?') is >= 0 and var query
            ? place.Substring(0, query)
            : place;

    /// <summary>The file's own name.</summary>
    public static string Last(string place)
    {
        string name = Shown(place).Replace('\\', '/').TrimEnd('/');
        name = name.Substring(name.LastIndexOf('/') + 1);
        return Scheme(place) is "http" or "https" or "file" ? Uri.UnescapeDataString(name).Replace('/', '_') : name;
    }

    private static bool IsAbsolute(string place) => Scheme(place) is not null || Path.IsPathRooted(place);

    private static string Normal(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part is ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join("/", parts);
    }
}
