using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Spaces.Notation;

/// <summary>The words that have a meaning in the JSON form of a space, and what looks as if it was meant to be one.</summary>
internal static class SpaceWords
{
    /// <summary><c>{"ref": "label"}</c> stands for the parameter of that label.</summary>
    public const string Reference = "ref";

    /// <summary><c>{"literal": …}</c> is a constant, whatever it looks like.</summary>
    public const string Literal = "literal";

    /// <summary><c>{"dict": [["key", …]]}</c> is a dictionary whose keys may be any, such as the name of an hp function.</summary>
    public const string Dict = "dict";

    /// <summary>The hp function that <paramref name="key"/> was meant to be, or null: other case, with <c>hp.</c>, misspelt.</summary>
    public static string? Misspelt(string key)
    {
        string bare = key.StartsWith("hp.", StringComparison.OrdinalIgnoreCase) ? key[3..] : key;
        bare = bare.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Spelling.Nearest(bare, DistributionSignature.All.Select(signature => signature.Name));
    }

    /// <summary>Whether an object is read as the dictionary that it looks like.</summary>
    public static bool IsPlain(JsonElement json)
    {
        ImmutableArray<KeyValuePair<string, JsonElement>> members =
        [
            .. json.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)),
        ];
        return members is [(var key, var value)]
            ? DistributionSignature.Find(key) is null
                && key is not Literal
                && !(key is Reference && value.ValueKind == JsonValueKind.String)
                && !(key is Dict && ArePairs(value))
                && !(Misspelt(key) is not null && AreArguments(value))
            : FindExpression(members) is null;
    }

    /// <summary>Whether a value could be the arguments of an expression.</summary>
    public static bool AreArguments(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        || (
            value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().Any()
            && value.EnumerateObject().All(member => IsArgumentName(member.Name))
        );

    /// <summary>The key that was meant as an expression in an object of several keys, or null.</summary>
    public static string? FindExpression(ImmutableArray<KeyValuePair<string, JsonElement>> members)
    {
        int others = members.Count(member => !IsArgumentName(member.Key));
        return members.Length < 2
            ? null
            : members
                .Where(member => IsExpression(member, besideArguments: others == (IsArgumentName(member.Key) ? 0 : 1)))
                .Select(member => member.Key)
                .FirstOrDefault();
    }

    /// <summary>Whether <paramref name="value"/> is a list of [text, anything], at least one.</summary>
    public static bool ArePairs(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && value.GetArrayLength() > 0
        && value
            .EnumerateArray()
            .All(pair =>
                pair.ValueKind == JsonValueKind.Array
                && pair.GetArrayLength() == 2
                && pair[0].ValueKind == JsonValueKind.String
            );

    private static bool IsExpression(KeyValuePair<string, JsonElement> member, bool besideArguments) =>
        DistributionSignature.Find(member.Key) is not null
            ? besideArguments || AreArguments(member.Value)
            : besideArguments && AreArguments(member.Value) && Misspelt(member.Key) is not null;

    private static bool IsArgumentName(string name) =>
        DistributionSignature.ArgumentNames.Contains(name, StringComparer.Ordinal);
}
