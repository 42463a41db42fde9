using System.Globalization;
using System.Text.Json;

namespace FunctionTune.Service.Json;

/// <summary>What a JSON parser objects to, in words for the author of the text.</summary>
public static class JsonFault
{
    /// <summary>The fault without the parser's own coordinates.</summary>
    /// <param name="fault">The fault.</param>
    public static string Describe(JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        string text = fault.Message;
        foreach (
            string marker in (string[])
                [" Path:", " LineNumber:", " Change the reader options", " Expected", " which is not supported"]
        )
        {
            int end = text.IndexOf(marker, StringComparison.Ordinal);
            text = end > 0 ? text[..end] : text;
        }

        return text.TrimEnd('.', ' ');
    }

    /// <summary>Line and column, both from 1, as <c>:3:14</c>; empty when they are not known.</summary>
    /// <param name="fault">The fault.</param>
    public static string Place(JsonException fault) =>
        (fault?.LineNumber, fault?.BytePositionInLine) is ({ } line, { } column)
            ? string.Create(CultureInfo.InvariantCulture, $":{line + 1}:{column + 1}")
            : "";
}
