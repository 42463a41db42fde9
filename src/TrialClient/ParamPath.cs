using System.Globalization;

namespace FunctionTune.TrialClient;

/// <summary>Paths such as <c>layers.0.units</c> into values as the JSON reader gives them.</summary>
internal static class ParamPath
{
    /// <summary>Finds the value at a path. A name may hold points itself: the longest name is tried first.</summary>
    public static bool TryFind(object? value, string path, out object? found)
    {
        found = value;
        if (path.Length == 0)
        {
            return true;
        }

        for (int end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            string rest = end < path.Length ? path.Substring(end + 1) : "";
            if (TryStep(value, path.Substring(0, end), out object? member) && TryFind(member, rest, out found))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every path below a value, outer ones first.</summary>
    public static IEnumerable<string> All(object? value) =>
        Below(value).SelectMany(child => All(child.Value).Select(path => Join(child.Key, path)).Prepend(child.Key));

    /// <summary>The path of <paramref name="path"/> below <paramref name="place"/>.</summary>
    public static string Join(string place, string path) => path.Length == 0 ? place : place + "." + path;

    private static bool TryStep(object? value, string step, out object? found)
    {
        found = null;
        switch (value)
        {
            case Dictionary<string, object?> members:
                return members.TryGetValue(step, out found);
            case List<object?> items:
                bool there =
                    int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < items.Count;
                found = there ? items[i] : null;
                return there;
            default:
                return false;
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Below(object? value) =>
        value switch
        {
            Dictionary<string, object?> members => members,
            List<object?> items => items.Select(
                (item, i) => new KeyValuePair<string, object?>(i.ToString(CultureInfo.InvariantCulture), item)
            ),
            _ => [],
        };
}
