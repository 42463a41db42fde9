using System.Text.Json;

namespace FunctionTune.Json;

/// <summary>
/// What must hold of any JSON before its meaning is looked at: keys stand once, numbers are finite doubles, texts are Unicode.
/// The parser lets all three pass, and they would surface later as a lost entry, an infinity or an exception.
/// </summary>
internal static class JsonRules
{
    /// <summary>Lists the rules that are broken anywhere in <paramref name="value"/>.</summary>
    /// <param name="value">Any JSON.</param>
    /// <param name="path">Its path.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>False when a text or key cannot be read at all, so that there is no use in going on.</returns>
    public static bool Check(JsonElement value, string path, ICollection<Problem> problems)
    {
        bool isReadable = true;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return CheckObject(value, path, problems);
            case JsonValueKind.Array:
                int i = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    isReadable &= Check(item, JsonPath.Item(path, i++), problems);
                }

                return isReadable;
            case JsonValueKind.Number when !(value.TryGetDouble(out double number) && double.IsFinite(number)):
                string hint = "The largest is about 1.8e308.";
                problems.Add(new(path, "a number must be finite as a double", JsonText.Short(value), hint));
                return true;
            case JsonValueKind.String when !IsUnicode(() => value.GetString()):
                problems.Add(
                    new(path, "a text must be Unicode", JsonText.Short(value), "It holds half a surrogate pair.")
                );
                return false;
            case JsonValueKind.Undefined:
                problems.Add(new(path, "there must be a JSON value", "nothing"));
                return false;
            default:
                return true;
        }
    }

    private static bool CheckObject(JsonElement value, string path, ICollection<Problem> problems)
    {
        bool isReadable = true;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!IsUnicode(() => member.Name))
            {
                problems.Add(new(path, "a key must be Unicode", "half a surrogate pair"));
                isReadable = false;
                continue;
            }

            if (!keys.Add(member.Name))
            {
                string hint = "Remove one of the two, or rename it.";
                problems.Add(new(path, "a key must stand once in an object", $"'{member.Name}' again", hint));
            }

            isReadable &= Check(member.Value, JsonPath.Key(path, member.Name), problems);
        }

        return isReadable;
    }

    private static bool IsUnicode(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            return false; // what System.Text.Json throws for an escaped half of a surrogate pair
        }
    }
}
