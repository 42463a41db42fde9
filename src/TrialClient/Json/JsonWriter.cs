using System.Collections;
using System.Globalization;
using System.Text;

namespace FunctionTune.TrialClient.Json;

/// <summary>Writes JSON text on one line. Numbers that are not finite become the strings NaN, Infinity and -Infinity.</summary>
internal static class JsonWriter
{
    /// <summary>Writes a value.</summary>
    /// <exception cref="ArgumentException">The value has no form in JSON.</exception>
    public static string Write(object? value) =>
        value switch
        {
            null => "null",
            bool flag => flag ? "true" : "false",
            string characters => Quoted(characters),
            JsonNumber number => number.Text,
            TrialParams parameters => parameters.Json,
            double number => Real(number, number.ToString("R", CultureInfo.InvariantCulture)),
            float number => Real(number, number.ToString("R", CultureInfo.InvariantCulture)),
            sbyte or byte or short or ushort or int or uint or long or ulong or decimal => (
                (IFormattable)value
            ).ToString(null, CultureInfo.InvariantCulture),
            IEnumerable<KeyValuePair<string, double>> members => Object(members, number => number),
            IEnumerable<KeyValuePair<string, object?>> members => Object(members, member => member),
            IDictionary members => Object(Members(members), member => member),
            IEnumerable items => "[" + string.Join(",", items.Cast<object?>().Select(Write)) + "]",
            _ => throw new ArgumentException(
                $"A result holds null, booleans, numbers, strings, lists and dictionaries of these, but got a {value.GetType()}. "
                    + "Turn it into one of these, such as by ToString().",
                nameof(value)
            ),
        };

    private static string Real(double value, string digits) =>
        double.IsNaN(value) ? "\"NaN\""
        : double.IsPositiveInfinity(value) ? "\"Infinity\""
        : double.IsNegativeInfinity(value) ? "\"-Infinity\""
        : digits;

    private static string Object<T>(IEnumerable<KeyValuePair<string, T>> members, Func<T, object?> value) =>
        "{" + string.Join(",", members.Select(member => Quoted(member.Key) + ":" + Write(value(member.Value)))) + "}";

    private static IEnumerable<KeyValuePair<string, object?>> Members(IDictionary members)
    {
        foreach (DictionaryEntry member in members)
        {
            yield return new(Convert.ToString(member.Key, CultureInfo.InvariantCulture) ?? "", member.Value);
        }
    }

    private static string Quoted(string characters)
    {
        var text = new StringBuilder("\"", characters.Length + 2);
        for (int i = 0; i < characters.Length; i++)
        {
            char c = characters[i];
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c < ' ' || (char.IsSurrogate(c) && !IsPair(characters, i) && !IsPair(characters, i - 1)))
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.Append('"').ToString();
    }

    private static bool IsPair(string characters, int at) =>
        at >= 0 && at + 1 < characters.Length && char.IsSurrogatePair(characters[at], characters[at + 1]);
}
