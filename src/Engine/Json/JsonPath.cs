namespace FunctionTune.Json;

/// <summary>Paths into a JSON document, as <see cref="Problem.Path"/> has them: <c>$.space.kernel[0]['a key']</c>.</summary>
public static class JsonPath
{
    /// <summary>The path of the member called <paramref name="key"/>.</summary>
    /// <param name="path">The path of the object.</param>
    /// <param name="key">The key; anything but letters, digits, <c>_</c>, <c>-</c> and <c>$</c> puts it in brackets and quotes.</param>
    public static string Key(string path, string key) =>
        key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '$')
            ? $"{path}.{key}"
            : $"{path}['{key.Replace("'", "\\'", StringComparison.Ordinal)}']";

    /// <summary>The path of an item.</summary>
    /// <param name="path">The path of the array.</param>
    /// <param name="index">The item's place, from 0.</param>
    public static string Item(string path, int index) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}[{index}]");
}
