using System.Text.Json;

namespace FunctionTune.Spaces;

/// <summary>What must hold of a node taken by itself, whatever surrounds it.</summary>
internal static class NodeRules
{
    /// <summary>The rules that <paramref name="node"/> breaks; those of its children are not looked at.</summary>
    /// <param name="node">The node.</param>
    /// <param name="path">Where it stands.</param>
    public static IEnumerable<Problem> Check(SpaceNode node, string path) =>
        node switch
        {
            SpaceNode.Literal literal when literal.Value.ValueKind == JsonValueKind.Undefined =>
            [
                new(path, "a literal must hold a JSON value", "nothing", "For no value use JSON's null."),
            ],
            SpaceNode.Literal => [],
            SpaceNode.Dict dictionary => Keys(dictionary, path),
            SpaceNode.List => [],
            SpaceNode.Number number => [.. Label(number.Label, path), .. Prior(number, path)],
            SpaceNode.Choice choice => [.. Label(choice.Label, path), .. Prior(choice, path)],
            _ => throw new InvalidOperationException($"Unknown node {node.GetType()}."),
        };

    private static IEnumerable<Problem> Keys(SpaceNode.Dict dictionary, string path) =>
        dictionary
            .Entries.GroupBy(entry => entry.Key, StringComparer.Ordinal)
            .Where(group => group.Skip(1).Any())
            .Select(group => new Problem(path, "a key may stand once in a dictionary", $"'{group.Key}' twice"));

    private static IEnumerable<Problem> Label(string label, string path)
    {
        if (string.IsNullOrEmpty(label))
        {
            yield return new(path, "a parameter must have a label", "an empty one", "Name it, such as 'alpha'.");
        }
    }

    private static IEnumerable<Problem> Prior(SpaceNode.Number number, string path) =>
        number.Prior is Distribution.Choice or Distribution.PChoice
            ?
            [
                new(
                    path,
                    "a number must have a numeric prior",
                    number.Prior.GetType().Name,
                    "Use a choice node, or randint for a bare index."
                ),
            ]
            : DistributionRules.Check(number.Prior, path);

    private static IEnumerable<Problem> Prior(SpaceNode.Choice choice, string path)
    {
        int? options = choice.Prior switch
        {
            Distribution.Choice uniform => uniform.Count,
            Distribution.PChoice weighted => weighted.Probabilities.Length,
            _ => null,
        };
        return options == choice.Options.Length
            ? DistributionRules.Check(choice.Prior, path)
            :
            [
                new(
                    path,
                    "a choice must have a prior over its options",
                    $"{choice.Options.Length} options and {choice.Prior}",
                    "Give one probability for each option."
                ),
            ];
    }
}
