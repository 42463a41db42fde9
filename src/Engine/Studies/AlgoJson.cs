using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;

namespace FunctionTune.Studies;

/// <summary>An algorithm in a study file: a name, or an object with the name as its one key and options as its value.</summary>
internal static class AlgoJson
{
    public static AlgoSpec? Read(JsonFields fields)
    {
        if (fields.Any("algo") is not { } element)
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.String)
        {
            return new AlgoSpec(element.GetString()!);
        }

        if (element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Count() == 1)
        {
            JsonProperty only = element.EnumerateObject().First();
            return new AlgoSpec(only.Name, only.Value.Clone());
        }

        fields.Refuse(
            "algo",
            "algo is a name, or an object with the name as its one key and options as its value",
            element,
            "Write \"tpe\" or { \"tpe\": { \"gamma\": 0.25 } }."
        );
        return null;
    }

    public static JsonNode Write(AlgoSpec algo) =>
        algo.Options is { } options
            ? new JsonObject { [algo.Name] = JsonSerializer.SerializeToNode(options) }
            : JsonValue.Create(algo.Name);
}
