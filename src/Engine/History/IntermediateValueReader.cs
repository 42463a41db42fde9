using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace FunctionTune.History;

/// <summary>
/// Reads what a trial reports on its way, one line a report: <c>{"step":3,"values":{"loss":0.4}}</c>, or the values beside
/// the step, <c>{"step":3,"loss":0.4}</c>.
/// </summary>
public static class IntermediateValueReader
{
    /// <summary>Reads lines; those that are no reports are left out.</summary>
    /// <param name="lines">The lines, UTF-8; the last may lack its line break.</param>
    /// <returns>The reports, in the order of the lines.</returns>
    public static ImmutableArray<IntermediateValue> ReadLines(ReadOnlySpan<byte> lines)
    {
        var values = ImmutableArray.CreateBuilder<IntermediateValue>();
        foreach (Range line in lines.Split((byte)'\n'))
        {
            if (!lines[line].IsEmpty && Read(lines[line]) is { } value)
            {
                values.Add(value);
            }
        }

        return values.ToImmutable();
    }

    /// <summary>Reads a line. Values that are no finite numbers are left out.</summary>
    /// <param name="line">The line without its line break, UTF-8.</param>
    /// <returns>Null when the line is no report, such as one that is not written to its end yet.</returns>
    public static IntermediateValue? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            JsonElement root = LooseJson.Parse(Encoding.UTF8.GetString(line));
            return root.ValueKind == JsonValueKind.Object && Step(root) is { } step ? Read(root, step) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static IntermediateValue? Read(JsonElement root, long step)
    {
        bool nested = root.TryGetProperty("values", out JsonElement values) && values.ValueKind == JsonValueKind.Object;
        var numbers = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (JsonProperty value in (nested ? values : root).EnumerateObject())
        {
            bool isStep = !nested && value.NameEquals("step");
            if (!isStep && LooseJson.TryNumber(value.Value, out double number) && double.IsFinite(number))
            {
                numbers.Add(value.Name, number);
            }
        }

        return numbers.Count > 0 ? new IntermediateValue(step, numbers.ToImmutable()) : null;
    }

    private static long? Step(JsonElement root)
    {
        if (!root.TryGetProperty("step", out JsonElement step) || !LooseJson.TryNumber(step, out double number))
        {
            return null;
        }

        const double largest = 1L << 53;
        return number is >= 0 and <= largest && double.IsInteger(number) ? (long)number : null;
    }
}
