using System.Globalization;

namespace FunctionTune.TrialClient;

/// <summary>Paths such as <c>layers[0].units</c> into values as the JSON reader gives them.</summary>
internal static class ParamPath
{
    private static readonly char[] s_separators = ['.', '['];

    /// <summary>Finds the value at a path. A name may hold points itself: the longest path is tried as one name first.</summary>
    public static bool TryFind(object? value, string path, out object? found)
    {
        found = value;
        switch (value)
        {
            case var _ when path.Length == 0:
                return true;
            case Dictionary<string, object?> members:
                return members.TryGetValue(path, out found) || TryFindBelow(members, path, out found);
            case List<object?> items when path[0] == '[' && path.IndexOf(']') is var end and > 0:
                string place = path.Substring(1, end - 1);
                return int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
                    && i < items.Count
                    && TryFind(items[i], Rest(path, end + 1), out found);
            default:
                return false;
        }
    }

    /// <summary>Every path below a value, outer ones first.</summary>
    public static IEnumerable<string> All(object? value) =>
        Below(value).SelectMany(child => All(child.Value).Select(path => Join(child.Key, path)).Prepend(child.Key));

    /// <summary>The path of <paramref name="path"/> below <paramref name="place"/>.</summary>
    public static string Join(string place, string path) =>
        path.Length == 0 || path[0] == '[' ? place + path : place + "." + path;

    private static bool TryFindBelow(Dictionary<string, object?> members, string path, out object? found)
    {
        for (int i = path.LastIndexOfAny(s_separators); i > 0; i = path.LastIndexOfAny(s_separators, i - 1))
        {
            if (
                members.TryGetValue(path.Substring(0, i), out object? member)
                && TryFind(member, Rest(path, i), out found)
            )
            {
                return true;
            }
        }

        found = null;
        return false;
    }

    private static string Rest(string path, int from) =>
        from < path.Length && path[from] == '.' ? path.Substring(from + 1) : path.Substring(from);

    private static IEnumerable<KeyValuePair<string, object?>> Below(object? value) =>
        value switch
        {
            Dictionary<string, object?> members => members,
            List<object?> items => items.Select(
                (item, i) =>
                    new KeyValuePair<string, object?>("[" + i.ToString(CultureInfo.InvariantCulture) + "]", item)
            ),
            _ => [],
        };
}
