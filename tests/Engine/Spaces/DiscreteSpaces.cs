using System.Globalization;
using FunctionTune.Numerics;
using FunctionTune.Spaces;

namespace FunctionTune.Engine.Tests.Spaces;

/// <summary>Random spaces of few points, and their points found the plain way: by going through the tree.</summary>
internal static class DiscreteSpaces
{
    private const int Scanned = 2000;

    /// <summary>Spaces of at most so many points, with all of these as texts.</summary>
    public static IEnumerable<(SearchSpace Space, HashSet<string> Points)> Random(int count, int mostPoints) =>
        Enumerable
            .Range(0, int.MaxValue)
            .Select(seed => Draw(Pcg64.ForTrial(5, seed)))
            .Select(space => (space, Points(space, mostPoints)))
            .Where(pair => pair.Item2 is not null)
            .Take(count)!;

    /// <summary>A point as a text.</summary>
    public static string Text(SearchSpace space, Point point) => Text(space.ToLabels(point));

    private static string Text(IEnumerable<KeyValuePair<string, double>> values) =>
        string.Join(
            ' ',
            values
                .OrderBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key}={value.Value:R}"))
        );

    private static HashSet<string>? Points(SearchSpace space, int most)
    {
        List<Dictionary<string, double>> settings = [new(StringComparer.Ordinal)];
        settings = Through(space.Root, settings, most);
        return settings.Count <= most ? [.. settings.Select(Text)] : null;
    }

    private static List<Dictionary<string, double>> Through(
        SpaceNode node,
        List<Dictionary<string, double>> settings,
        int most
    ) =>
        node switch
        {
            _ when settings.Count > most => settings,
            SpaceNode.Dict dict => dict.Entries.Aggregate(settings, (all, e) => Through(e.Value, all, most)),
            SpaceNode.List list => list.Items.Aggregate(settings, (all, item) => Through(item, all, most)),
            SpaceNode.Number number => [.. settings.SelectMany(s => With(s, number.Label, Values(number.Prior)))],
            SpaceNode.Choice choice =>
            [
                .. settings
                    .SelectMany(s => With(s, choice.Label, Values(choice.Prior)))
                    .GroupBy(s => (int)s[choice.Label])
                    .SelectMany(group => Through(choice.Options[group.Key], [.. group], most)),
            ],
            _ => settings,
        };

    private static IEnumerable<Dictionary<string, double>> With(
        Dictionary<string, double> setting,
        string label,
        IEnumerable<double> values
    ) =>
        setting.ContainsKey(label)
            ? [setting]
            : values.Select(value => new Dictionary<string, double>(setting, StringComparer.Ordinal)
            {
                [label] = value,
            });

    private static IEnumerable<double> Values(Distribution prior) =>
        prior switch
        {
            Distribution.Choice d => Enumerable.Range(0, d.Count).Select(option => (double)option),
            Distribution.PChoice d => Enumerable
                .Range(0, d.Probabilities.Length)
                .Where(option => d.Probabilities[option] > 0)
                .Select(option => (double)option),
            Distribution.RandInt d => Enumerable
                .Range((int)d.Low, (int)(d.High - d.Low))
                .Select(value => (double)value),
            Distribution.UniformInt d => Scan(d.Low, d.High, 1, x => x),
            Distribution.QUniform d => Scan(d.Low, d.High, d.Q, x => x),
            Distribution.QLogUniform d => Scan(d.Low, d.High, d.Q, Math.Exp),
            _ => throw new ArgumentOutOfRangeException(nameof(prior), prior, "Not one of these spaces."),
        };

    // What the midpoints of many small pieces between the bounds are rounded to.
    private static IEnumerable<double> Scan(double low, double high, double q, Func<double, double> map) =>
        Enumerable
            .Range(0, Scanned)
            .Select(i => (Math.Round(map(low + ((i + 0.5) / Scanned * (high - low))) / q) * q) + 0.0)
            .Distinct();

    private static SearchSpace Draw(Pcg64 random)
    {
        int labels = 0;
        SpaceNode[] shared = [Leaf(random, ref labels), Node(random, 1, [], ref labels)];
        int parts = 1 + Below(random, 3);
        var nodes = new SpaceNode[parts + 1];
        // A constant alone would be no space.
        nodes[0] = Hp.RandInt($"x{labels++}", 1 + Below(random, 3));
        for (int i = 1; i <= parts; i++)
        {
            nodes[i] = Node(random, depth: 2, shared, ref labels);
        }

        return SearchSpace.Create(Hp.List(nodes));
    }

    private static SpaceNode Node(Pcg64 random, int depth, SpaceNode[] shared, ref int labels)
    {
        if (depth == 0 || Below(random, 4) == 0)
        {
            return shared.Length > 0 && Below(random, 2) == 0
                ? shared[Below(random, shared.Length)]
                : Leaf(random, ref labels);
        }

        var options = new SpaceNode[1 + Below(random, 3)];
        string label = $"c{labels++}";
        for (int i = 0; i < options.Length; i++)
        {
            options[i] =
                Below(random, 3) == 0
                    ? Hp.List(Leaf(random, ref labels), Node(random, depth - 1, shared, ref labels))
                    : Node(random, depth - 1, shared, ref labels);
        }

        double[] weights = [.. options.Select((_, i) => i == 0 || Below(random, 2) == 0 ? 1.0 : 0)];
        return Below(random, 2) == 0
            ? Hp.Choice(label, options)
            : Hp.PChoice(label, [.. options.Select((option, i) => (weights[i] / weights.Sum(), option))]);
    }

    private static SpaceNode Leaf(Pcg64 random, ref int labels)
    {
        string label = $"x{labels++}";
        double at = Below(random, 9) - 4;
        double width = 1 + Below(random, 3);
        return Below(random, 6) switch
        {
            0 => Hp.Literal("constant"),
            1 => Hp.RandInt(label, (long)at, (long)(at + width)),
            2 => Hp.UniformInt(label, at, at + width),
            // Bounds on the edge between two multiples, where one of them comes out for the bound itself only.
            3 => Hp.QUniform(label, at + 0.5, at + 0.5 + width, 1),
            4 => Hp.QUniform(label, at / 10, (at + width) / 10, 0.1),
            _ => Hp.QLogUniform(label, at / 3, (at + width) / 3, 1),
        };
    }

    private static int Below(Pcg64 random, int bound) => (int)random.NextBelow((ulong)bound);
}
