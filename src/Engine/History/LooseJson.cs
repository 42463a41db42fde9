using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FunctionTune.History;

/// <summary>
/// JSON as programs really write it: numbers that are not finite may stand bare, as Python's <c>json.dumps</c> and the
/// <c>print</c> of most languages write them. They are read as the strings <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.
/// </summary>
internal static class LooseJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonElement Parse(string text)
    {
        string quoted = QuoteNonFinite(text);
        using var document = JsonDocument.Parse(quoted, Options);
        return document.RootElement.Clone();
    }

    /// <summary>The number that a value stands for, finite or not.</summary>
    public static bool TryNumber(JsonElement value, out double number)
    {
        number = double.NaN;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out number),
            JsonValueKind.String => TryNonFinite(value.GetString()!, out number),
            _ => false,
        };
    }

    /// <summary>A number as languages print it: also <c>.5</c>, <c>+1</c>, <c>nan</c>, <c>-inf</c>.</summary>
    public static bool TryPrinted(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        || TryNonFinite(text, out number);

    private static bool TryNonFinite(string text, out double number)
    {
        string name = text.TrimStart('+', '-').ToLowerInvariant();
        bool negative = text.StartsWith('-');
        number = name switch
        {
            "inf" or "infinity" => negative ? double.NegativeInfinity : double.PositiveInfinity,
            _ => double.NaN,
        };
        return name is "nan" or "inf" or "infinity" && text.Length - name.Length <= 1;
    }

    private static string QuoteNonFinite(string text)
    {
        var quoted = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; )
        {
            int end = text[i] == '"' ? EndOfString(text, i) : EndOfWord(text, i);
            string part = text[i..end];
            quoted.Append(
                TryNonFinite(part, out double number) ? $"\"{number.ToString(CultureInfo.InvariantCulture)}\"" : part
            );
            i = end;
        }

        return quoted.ToString();
    }

    private static int EndOfString(string text, int start)
    {
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i + 1;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return text.Length;
    }

    private static int EndOfWord(string text, int start)
    {
        int end = start + 1;
        while (IsWord(text[start]) && end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.' or '_';
}
