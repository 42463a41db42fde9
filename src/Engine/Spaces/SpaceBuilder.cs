using FunctionTune.Json;

namespace FunctionTune.Spaces;

/// <summary>Flattens a tree of nodes into parameters, choices before what depends on them.</summary>
internal sealed class SpaceBuilder
{
    /// <summary>How deep a space may nest: walks over it take stack, and stores bound the depth of their JSON.</summary>
    public const int MaxDepth = 250;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, Entry> _byLabel = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private int _level;

    public void Add(SpaceNode root) => Visit(root, parent: null, "$");

    public SearchSpace Build(SpaceNode root)
    {
        if (_problems.Count == 0 && _entries.Count == 0)
        {
            string hint = "Put a parameter in it, such as Hp.Uniform(\"x\", 0, 1).";
            _problems.Add(new Problem("$", "a space must have at least one parameter", "none", hint));
        }

        if (_problems.Count > 0)
        {
            throw new InvalidInputException([.. _problems]);
        }

        List<Entry> ordered = ParentsFirst();
        var index = ordered.Select((entry, i) => (entry, i)).ToDictionary(pair => pair.entry, pair => pair.i);
        return new SearchSpace(
            root,
            [
                .. ordered.Select(
                    (entry, i) =>
                        new SpaceParameter(
                            i,
                            entry.Label,
                            entry.Prior,
                            entry.Always
                                ? []
                                : [.. entry.Parents.Select(p => new Condition(index[p.Choice], p.Option)).Distinct()]
                        )
                ),
            ],
            [.. ordered.Select(entry => entry.Node)]
        );
    }

    private void Visit(SpaceNode node, (Entry Choice, int Option)? parent, string path)
    {
        if (++_level > MaxDepth)
        {
            _problems.Add(new Problem(path, $"a space must not nest deeper than {MaxDepth}", "deeper"));
        }
        else
        {
            VisitKind(node, parent, path);
        }

        _level--;
    }

    private void VisitKind(SpaceNode node, (Entry Choice, int Option)? parent, string path)
    {
        switch (node)
        {
            case SpaceNode.Literal:
                _problems.AddRange(NodeRules.Check(node, path));
                break;
            case SpaceNode.Dict dictionary:
                _problems.AddRange(NodeRules.Check(node, path));
                foreach ((string key, SpaceNode child) in dictionary.Entries)
                {
                    Visit(child, parent, JsonPath.Key(path, key));
                }

                break;
            case SpaceNode.List list:
                for (int i = 0; i < list.Items.Length; i++)
                {
                    Visit(list.Items[i], parent, JsonPath.Item(path, i));
                }

                break;
            case SpaceNode.Number number:
                Register(number, number.Label ?? "", number.Prior, parent, path);
                break;
            case SpaceNode.Choice choice:
                VisitChoice(choice, parent, path);
                break;
            default:
                throw new InvalidOperationException($"Unknown node {node.GetType()}.");
        }
    }

    private void VisitChoice(SpaceNode.Choice choice, (Entry Choice, int Option)? parent, string path)
    {
        // Visited again when the choice stands in two places: its conditions are then known already.
        bool seen = _byLabel.TryGetValue(choice.Label ?? "", out Entry? known) && ReferenceEquals(known.Node, choice);
        Entry entry = Register(choice, choice.Label ?? "", choice.Prior, parent, path);
        for (int i = 0; i < choice.Options.Length && !seen; i++)
        {
            Visit(choice.Options[i], (entry, i), JsonPath.Item(path, i));
        }
    }

    private Entry Register(
        SpaceNode node,
        string label,
        Distribution prior,
        (Entry Choice, int Option)? parent,
        string path
    )
    {
        if (!_byLabel.TryGetValue(label, out Entry? entry))
        {
            entry = new Entry(node, label, prior);
            _byLabel.Add(label, entry);
            _entries.Add(entry);
            _problems.AddRange(NodeRules.Check(node, path));
        }
        else if (!ReferenceEquals(entry.Node, node))
        {
            _problems.Add(
                new Problem(
                    path,
                    "a label names one parameter",
                    $"'{label}' for two different ones",
                    "Give one of them another label, or use the same node in both places to sample it once."
                )
            );
        }

        entry.AddParent(parent);
        return entry;
    }

    private List<Entry> ParentsFirst()
    {
        var ordered = new List<Entry>(_entries.Count);
        var placed = new HashSet<Entry>();

        void Place(Entry entry)
        {
            if (!placed.Add(entry))
            {
                return;
            }

            foreach ((Entry choice, _) in entry.Always ? [] : entry.Parents)
            {
                Place(choice);
            }

            ordered.Add(entry);
        }

        _entries.ForEach(Place);
        return ordered;
    }

    private sealed class Entry(SpaceNode node, string label, Distribution prior)
    {
        public SpaceNode Node { get; } = node;

        public string Label { get; } = label;

        public Distribution Prior { get; } = prior;

        public bool Always { get; private set; }

        public List<(Entry Choice, int Option)> Parents { get; } = [];

        public void AddParent((Entry Choice, int Option)? parent)
        {
            Always |= parent is null;
            if (parent is { } known)
            {
                Parents.Add(known);
            }
        }
    }
}
