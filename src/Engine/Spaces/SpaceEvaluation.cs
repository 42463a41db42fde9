using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionTune.Spaces;

/// <summary>From a point to the concrete structure that the objective receives: hyperopt's <c>space_eval</c>.</summary>
internal static class SpaceEvaluation
{
    /// <summary>The structure under <paramref name="node"/>, with every parameter replaced by its value.</summary>
    public static JsonNode? Evaluate(SearchSpace space, SpaceNode node, Point point) =>
        node switch
        {
            SpaceNode.Literal literal => Constant(literal.Value),
            SpaceNode.Dict dictionary => new JsonObject(
                dictionary.Entries.Select(entry => KeyValuePair.Create(entry.Key, Evaluate(space, entry.Value, point)))
            ),
            SpaceNode.List list => new JsonArray([.. list.Items.Select(item => Evaluate(space, item, point))]),
            SpaceNode.Number number => RawValue.ToJson(number.Prior, Value(space, number.Label, point)),
            SpaceNode.Choice choice => Evaluate(space, Taken(choice, Value(space, choice.Label, point)), point),
            _ => throw new InvalidOperationException($"Unknown node {node.GetType()}."),
        };

    /// <summary>The value of every active parameter by its label, in the order of the parameters.</summary>
    public static JsonObject Values(SearchSpace space, Point point) =>
        new(
            space
                .Parameters.Where(parameter => point.IsActive(parameter.Index))
                .Select(parameter =>
                    KeyValuePair.Create(parameter.Label, Evaluate(space, space.Nodes[parameter.Index], point))
                )
        );

    private static SpaceNode Taken(SpaceNode.Choice choice, double option) =>
        option >= 0 && option < choice.Options.Length
            ? choice.Options[(int)option]
            : throw new ArgumentException(
                $"The point takes option {option} of '{choice.Label}', which does not exist.",
                nameof(option)
            );

    private static double Value(SearchSpace space, string label, Point point) =>
        point[space.IndexOf(label)] is var value && !double.IsNaN(value)
            ? value
            : throw new ArgumentException(
                $"The point has no value for '{label}', which is active in it.",
                nameof(point)
            );

    private static JsonNode? Constant(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object => JsonObject.Create(value),
            JsonValueKind.Array => JsonArray.Create(value),
            _ => JsonValue.Create(value),
        };
}
