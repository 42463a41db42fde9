using FunctionTune.Json;

namespace FunctionTune.Spaces;

/// <summary>What a node can evaluate to, in words for messages.</summary>
internal static class NodeText
{
    /// <summary>More than this is not read.</summary>
    private const int MaxListed = 10;

    /// <summary>The possible values, such as "an integer from 1 to 5", or "one of "a", "b"".</summary>
    public static string Describe(SpaceNode node) =>
        node is SpaceNode.Choice { Options.Length: > 1 } choice
            ? $"one of {Listed(Possible(choice).Select(Brief))}"
            : Brief(node);

    private static string Brief(SpaceNode node) =>
        node switch
        {
            SpaceNode.Literal literal => JsonText.Short(literal.Value),
            SpaceNode.Dict { Entries.IsEmpty: true } => "an empty dictionary",
            SpaceNode.Dict dictionary => $"a dictionary of {Listed(dictionary.Entries.Select(e => $"'{e.Key}'"))}",
            SpaceNode.List { Items.Length: 1 } => "a list of 1 item",
            SpaceNode.List list => $"a list of {list.Items.Length} items",
            SpaceNode.Number number => DistributionSupport.Describe(number.Prior),
            SpaceNode.Choice choice => $"an option of '{choice.Label}'",
            _ => throw new InvalidOperationException($"Unknown node {node.GetType()}."),
        };

    private static IEnumerable<SpaceNode> Possible(SpaceNode.Choice choice) =>
        choice.Options.Where((_, i) => DistributionSupport.Contains(choice.Prior, i));

    private static string Listed(IEnumerable<string> texts)
    {
        string[] first = [.. texts.Take(MaxListed + 1)];
        return string.Join(", ", first.Take(MaxListed)) + (first.Length > MaxListed ? ", …" : "");
    }
}
