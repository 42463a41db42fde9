using System.Globalization;

namespace FunctionTune.Service.Json;

/// <summary>
/// JSON may write half a character, such as <c>"\ud800"</c>. That is good JSON, but no text: reading it throws, so it is
/// looked for first.
/// </summary>
public static class UnpairedSurrogate
{
    private const int EscapeLength = 6;

    /// <summary>Where the first half character begins, in bytes; -1 when there is none.</summary>
    /// <param name="json">UTF-8; what is no JSON may be found fault with here or not.</param>
    public static int In(ReadOnlySpan<byte> json)
    {
        for (int i = 0; i < json.Length && json[i..].IndexOf((byte)'\\') is >= 0 and int next; )
        {
            i += next;
            if (Escaped(json[i..]) is not { } unit)
            {
                i += 2;
            }
            else if (!char.IsSurrogate(unit))
            {
                i += EscapeLength;
            }
            else if (
                char.IsHighSurrogate(unit)
                && Escaped(json[(i + EscapeLength)..]) is { } low
                && char.IsLowSurrogate(low)
            )
            {
                i += 2 * EscapeLength;
            }
            else
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The unit of UTF-16 that is escaped here; null when none is.</summary>
    private static char? Escaped(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength
        && json.StartsWith("\\u"u8)
        && ushort.TryParse(
            json[2..EscapeLength],
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out ushort unit
        )
            ? (char)unit
            : null;
}
