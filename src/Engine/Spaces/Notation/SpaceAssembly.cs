using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Json;

namespace FunctionTune.Spaces.Notation;

/// <summary>Makes nodes of drafts: parameters get their labels, and references become the node that they name.</summary>
/// <param name="byLabel">The parameters by label.</param>
/// <param name="problems">Receives references that lead nowhere or in a circle.</param>
internal sealed class SpaceAssembly(Dictionary<string, SpaceDraft.Expression> byLabel, ICollection<Problem> problems)
{
    // References nest deeper than the JSON does.
    private const int MaxDepth = SpaceBuilder.MaxDepth;

    private static readonly (SpaceNode Node, int Depth) Nothing = (
        new SpaceNode.Literal(JsonSerializer.SerializeToElement<object?>(null)),
        0
    );

    private readonly Dictionary<SpaceDraft.Expression, string> _labels = byLabel.ToDictionary(
        pair => pair.Value,
        pair => pair.Key,
        (IEqualityComparer<SpaceDraft.Expression>)ReferenceEqualityComparer.Instance
    );

    private readonly Dictionary<string, (SpaceNode Node, int Depth)> _built = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _level;

    /// <summary>The node of a draft; a stand-in where there are problems.</summary>
    public SpaceNode Build(SpaceDraft draft) => BuildDeep(draft).Node;

    private (SpaceNode Node, int Depth) BuildDeep(SpaceDraft draft)
    {
        _level++;
        (SpaceNode Node, int Depth) built = draft switch
        {
            SpaceDraft.Literal literal => (new SpaceNode.Literal(literal.Value), 0),
            SpaceDraft.Dict dictionary => Nest(
                dictionary.Entries.Select(entry => entry.Value),
                nodes => new SpaceNode.Dict([
                    .. nodes.Zip(dictionary.Entries, (node, entry) => KeyValuePair.Create(entry.Key, node)),
                ])
            ),
            SpaceDraft.List list => Nest(list.Items, nodes => new SpaceNode.List(nodes)),
            SpaceDraft.Reference reference => Follow(reference),
            SpaceDraft.Expression expression => _labels.TryGetValue(expression, out string? label)
                ? Once(label, expression, expression.Path)
                : Nothing,
            _ => throw new InvalidOperationException($"Unknown draft {draft.GetType()}."),
        };
        _level--;
        return built;
    }

    private (SpaceNode Node, int Depth) Nest(
        IEnumerable<SpaceDraft> children,
        Func<ImmutableArray<SpaceNode>, SpaceNode> around
    )
    {
        (SpaceNode Node, int Depth)[] built = [.. children.Select(BuildDeep)];
        return (around([.. built.Select(b => b.Node)]), 1 + built.Select(b => b.Depth).DefaultIfEmpty().Max());
    }

    private (SpaceNode Node, int Depth) Follow(SpaceDraft.Reference reference)
    {
        if (byLabel.TryGetValue(reference.Label, out SpaceDraft.Expression? expression))
        {
            return Once(reference.Label, expression, reference.Path);
        }

        problems.Add(
            new(
                reference.Path,
                "ref must name a parameter of the space",
                $"'{reference.Label}'",
                Spelling.Suggest(
                    reference.Label,
                    byLabel.Keys,
                    $"For the text itself write {{\"literal\": {{\"ref\": …}}}}."
                )
            )
        );
        return Nothing;
    }

    private (SpaceNode Node, int Depth) Once(string label, SpaceDraft.Expression expression, string path)
    {
        if (_built.TryGetValue(label, out (SpaceNode Node, int Depth) known))
        {
            return known;
        }

        if (!_open.Add(label))
        {
            problems.Add(new(path, "a choice must not contain itself", $"'{label}' within its own options"));
            return Nothing;
        }

        (SpaceNode Node, int Depth) built = _level < MaxDepth ? Make(label, expression) : (Nothing.Node, MaxDepth);
        if (built.Depth >= MaxDepth)
        {
            problems.Add(new(path, $"a space must not nest deeper than {MaxDepth}, references followed", $"'{label}'"));
            built = Nothing;
        }

        _open.Remove(label);
        _built.Add(label, built);
        return built;
    }

    private (SpaceNode Node, int Depth) Make(string label, SpaceDraft.Expression expression) =>
        expression switch
        {
            { Options.IsDefault: false } => Nest(
                expression.Options,
                options => expression.Prior is { } prior ? new SpaceNode.Choice(label, prior, options) : Nothing.Node
            ),
            { Prior: { } prior } => (new SpaceNode.Number(label, prior), 0),
            _ => Nothing,
        };
}
