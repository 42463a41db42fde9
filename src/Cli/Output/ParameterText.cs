using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Spaces;

namespace FunctionTune.Cli.Output;

/// <summary>Settings as text.</summary>
internal static class ParameterText
{
    /// <summary>The active parameters in one line: <c>alpha=0.12 kernel=rbf kernel.gamma=0.03</c>.</summary>
    public static string Line(SearchSpace space, Point point) =>
        string.Join(' ', space.Values(point).Select(p => $"{p.Key}={Value(p.Value, NumberText.Short)}"));

    /// <summary>The active parameters and their values, in the order of the space, with all digits.</summary>
    public static ImmutableArray<(string Label, string Value)> Rows(SearchSpace space, Point point) =>
        [.. space.Values(point).Select(p => (p.Key, Value(p.Value, NumberText.Full)))];

    /// <summary>One value as text.</summary>
    public static string Value(JsonNode? value, Func<double, string> number) =>
        value switch
        {
            null => "null",
            JsonValue leaf => leaf.GetValueKind() switch
            {
                JsonValueKind.String => leaf.GetValue<string>(),
                JsonValueKind.Number => leaf.TryGetValue(out double d) ? number(d) : leaf.ToJsonString(),
                _ => leaf.ToJsonString(),
            },
            JsonObject entries => Naming(entries) ?? "{…}",
            _ => "[…]",
        };

    // An option with parameters of its own is known by the constant text in it, such as its kind.
    private static string? Naming(JsonObject option) =>
        option
            .Select(entry => entry.Value)
            .OfType<JsonValue>()
            .Where(value => value.GetValueKind() == JsonValueKind.String)
            .Select(value => value.GetValue<string>())
            .FirstOrDefault();
}
