using System.Collections;
using System.Globalization;
using System.Text;

namespace FunctionTune.TrialClient.Json;

/// <summary>Writes JSON text on one line. Numbers that are not finite become the strings NaN, Infinity and -Infinity.</summary>
internal static class JsonWriter
{
    /// <summary>Writes a value.</summary>
    /// <exception cref="ArgumentException">The value has no form in JSON.</exception>
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case string characters:
                Quote(text, characters);
                break;
            case JsonNumber number:
                text.Append(number.Text);
                break;
            case TrialParams parameters:
                text.Append(parameters.Json);
                break;
            case double number:
                Real(text, number, number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case float number:
                Real(text, number, number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary members:
                Object(text, members);
                break;
            case IEnumerable items:
                Array(text, items);
                break;
            default:
                throw new ArgumentException(
                    $"A result holds null, booleans, numbers, strings, lists and dictionaries of these, but got a {value.GetType()}. "
                        + "Turn it into one of these, such as by ToString().",
                    nameof(value)
                );
        }
    }

    private static void Real(StringBuilder text, double value, string digits)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            text.Append(
                double.IsNaN(value) ? "\"NaN\""
                : value > 0 ? "\"Infinity\""
                : "\"-Infinity\""
            );
        }
        else
        {
            text.Append(digits);
        }
    }

    private static void Object(StringBuilder text, IDictionary members)
    {
        char separator = '{';
        foreach (DictionaryEntry member in members)
        {
            text.Append(separator);
            Quote(text, Convert.ToString(member.Key, CultureInfo.InvariantCulture) ?? "");
            text.Append(':');
            Write(text, member.Value);
            separator = ',';
        }

        text.Append(separator == '{' ? "{}" : "}");
    }

    private static void Array(StringBuilder text, IEnumerable items)
    {
        char separator = '[';
        foreach (object? item in items)
        {
            text.Append(separator);
            Write(text, item);
            separator = ',';
        }

        text.Append(separator == '[' ? "[]" : "]");
    }

    private static void Quote(StringBuilder text, string characters)
    {
        text.Append('"');
        for (int i = 0; i < characters.Length; i++)
        {
            char c = characters[i];
            bool paired = IsPair(characters, i) || IsPair(characters, i - 1);
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c < ' ' || (char.IsSurrogate(c) && !paired))
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        text.Append('"');
    }

    private static bool IsPair(string characters, int at) =>
        at >= 0 && at + 1 < characters.Length && char.IsSurrogatePair(characters[at], characters[at + 1]);
}
