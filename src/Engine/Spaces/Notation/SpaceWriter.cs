using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Spaces.Notation;

/// <summary>Writes the JSON form of one space, in the order in which it is read.</summary>
internal sealed class SpaceWriter
{
    // A node takes up to four levels of JSON, and the serializer's own limit is 64.
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 4 * SpaceBuilder.MaxDepth };

    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>The JSON of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="place">Where it stands, which says what its default label is.</param>
    public JsonNode? Write(SpaceNode node, LabelPath place) =>
        node switch
        {
            SpaceNode.Literal literal => WriteLiteral(literal.Value),
            SpaceNode.Dict dictionary => WriteDict(dictionary, place),
            SpaceNode.List list => new JsonArray([.. list.Items.Select((item, i) => Write(item, place.Item(i)))]),
            SpaceNode.Number number => _written.Add(number.Label)
                ? WriteNumber(number, place)
                : WriteReference(number.Label),
            SpaceNode.Choice choice => _written.Add(choice.Label)
                ? WriteChoice(choice, place)
                : WriteReference(choice.Label),
            _ => throw new InvalidOperationException($"Unknown node {node.GetType()}."),
        };

    // Wrapped when it is no scalar, because what is inside may look like an expression.
    private static JsonNode? WriteLiteral(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object => new JsonObject { [SpaceWords.Literal] = JsonObject.Create(value) },
            JsonValueKind.Array => new JsonObject { [SpaceWords.Literal] = JsonArray.Create(value) },
            _ => JsonValue.Create(value),
        };

    private static JsonObject WriteReference(string label) => new() { [SpaceWords.Reference] = label };

    private JsonObject WriteDict(SpaceNode.Dict dictionary, LabelPath place)
    {
        var plain = new JsonObject(
            dictionary.Entries.Select(entry => KeyValuePair.Create(entry.Key, Write(entry.Value, place.Key(entry.Key))))
        );
        return SpaceWords.IsPlain(JsonSerializer.SerializeToElement(plain, Deep)) ? plain : WritePairs(plain);
    }

    private static JsonObject WritePairs(JsonObject plain)
    {
        KeyValuePair<string, JsonNode?>[] entries = [.. plain];
        plain.Clear(); // a node has one parent
        return new() { [SpaceWords.Dict] = new JsonArray([.. entries.Select(e => new JsonArray(e.Key, e.Value))]) };
    }

    private static JsonObject WriteNumber(SpaceNode.Number number, LabelPath place)
    {
        (string name, var values) = DistributionSignature.Of(number.Prior);
        if (IsDefault(number.Label, place))
        {
            return new JsonObject { [name] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) };
        }

        var named = new JsonObject(
            DistributionSignature
                .Find(name)!
                .Arguments.Zip(values, (argument, value) => KeyValuePair.Create(argument, (JsonNode?)value))
        );
        named["label"] = number.Label;
        return new JsonObject { [name] = named };
    }

    private JsonObject WriteChoice(SpaceNode.Choice choice, LabelPath place)
    {
        IEnumerable<JsonNode?> options = choice.Options.Select((option, i) => Write(option, place.Option(i, null)));
        var array = new JsonArray(
            choice.Prior is Distribution.PChoice weighted
                ? [.. options.Select((option, i) => new JsonArray(weighted.Probabilities[i], option))]
                : [.. options]
        );
        return new JsonObject
        {
            [DistributionSignature.Of(choice.Prior).Name] = IsDefault(choice.Label, place)
                ? array
                : new JsonObject { ["options"] = array, ["label"] = choice.Label },
        };
    }

    private static bool IsDefault(string label, LabelPath place) =>
        string.Equals(label, place.Label, StringComparison.Ordinal);
}
