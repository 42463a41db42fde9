using FsCheck;
using FsCheck.Fluent;
using FunctionTune.Spaces;

namespace FunctionTune.Testing;

/// <summary>Random spaces of every shape: nested, conditional, with shared parameters and awkward names; and their points.</summary>
public static class SpaceGen
{
    private static readonly string[] Names =
    [
        "alpha",
        "x",
        "kind",
        "a.b",
        "",
        "ü λ",
        "uniform",
        "unifrom",
        "label",
        "low",
        "choice",
        "ref",
        "literal",
        "dict",
        "it's",
        "[0]",
    ];

    private static readonly object?[] Constants =
    [
        null,
        true,
        0,
        -1.5,
        1e300,
        "",
        "rbf",
        "a",
        Array.Empty<int>(),
        new { uniform = new[] { 0, 1 } },
        new { @ref = "x" },
        new object?[] { null, "a", new { } },
    ];

    /// <summary>A space, at least one parameter in it.</summary>
    public static Gen<SearchSpace> Space() =>
        from shared in Gen.ArrayOf(Number(), 2)
        from root in Gen.Sized(size => Node(Math.Min(4, 1 + (size / 12)), shared))
        from fallback in Number()
        select SearchSpace.Create(new Relabelling().Of(HasParameter(root) ? root : fallback));

    /// <summary>A space with one of its points.</summary>
    public static Gen<(SearchSpace Space, Point Point)> SpaceAndPoint() =>
        from space in Space()
        from point in PointOf(space)
        select (space, point);

    /// <summary>A point of <paramref name="space"/>.</summary>
    public static Gen<Point> PointOf(SearchSpace space) =>
        from quantiles in Gen.ArrayOf(Gen.Choose(0, 1_000_000), space.Parameters.Length)
        select Draw(space, quantiles);

    private static Point Draw(SearchSpace space, int[] quantiles)
    {
        double[] values = [.. quantiles.Select(_ => double.NaN)];
        for (int i = 0; i < values.Length; i++)
        {
            if (space.IsActive(i, values))
            {
                values[i] = Draw(space.Parameters[i].Prior, quantiles[i] / 1_000_001.0);
            }
        }

        return new Point([.. values]);
    }

    // Not the prior, but inside its support, the ends included.
    private static double Draw(Distribution prior, double u) =>
        prior switch
        {
            Distribution.Uniform d => d.Low + (u * (d.High - d.Low)),
            Distribution.QUniform d => Round(d.Low + (u * (d.High - d.Low)), d.Q),
            Distribution.UniformInt d => Round(d.Low + (u * (d.High - d.Low)), 1),
            Distribution.LogUniform d => Math.Exp(d.Low + (u * (d.High - d.Low))),
            Distribution.QLogUniform d => Round(Math.Exp(d.Low + (u * (d.High - d.Low))), d.Q),
            Distribution.Normal d => d.Mu + (d.Sigma * 6 * (u - 0.5)),
            Distribution.QNormal d => Round(d.Mu + (d.Sigma * 6 * (u - 0.5)), d.Q),
            Distribution.LogNormal d => Math.Exp(d.Mu + (d.Sigma * 6 * (u - 0.5))),
            Distribution.QLogNormal d => Round(Math.Exp(d.Mu + (d.Sigma * 6 * (u - 0.5))), d.Q),
            Distribution.RandInt d => d.Low + Math.Floor(u * (d.High - d.Low)),
            Distribution.Choice d => Math.Floor(u * d.Count),
            Distribution.PChoice d => d.Probabilities.IndexOf(d.Probabilities.First(p => p > 0)),
            _ => throw new InvalidOperationException(prior.ToString()),
        };

    private static double Round(double value, double q) => Math.Round(value / q) * q;

    private static Gen<SpaceNode> Node(int depth, SpaceNode[] shared) =>
        depth == 0
            ? Leaf(shared)
            : Gen.OneOf(
                Leaf(shared),
                Dict(depth, shared),
                List(depth, shared),
                Choice(depth, shared),
                Choice(depth, shared)
            );

    private static Gen<SpaceNode> Leaf(SpaceNode[] shared) =>
        Gen.OneOf(Number(), Number(), Gen.Elements(shared), Gen.Elements(Constants).Select(Hp.Literal));

    private static Gen<SpaceNode> Dict(int depth, SpaceNode[] shared) =>
        from keys in Gen.SubListOf(Names)
        from nodes in Gen.ArrayOf(Node(depth - 1, shared), keys.Count)
        select Hp.Dict([.. keys.Zip(nodes).Take(4)]);

    private static Gen<SpaceNode> List(int depth, SpaceNode[] shared) =>
        from count in Gen.Choose(0, 3)
        from nodes in Gen.ArrayOf(Node(depth - 1, shared), count)
        select Hp.List(nodes);

    private static Gen<SpaceNode> Choice(int depth, SpaceNode[] shared) =>
        from count in Gen.Choose(1, 4)
        from nodes in Gen.ArrayOf(Node(depth - 1, shared), count)
        from isWeighted in Gen.Elements(false, true)
        from label in Gen.Elements(Names)
        select (SpaceNode)
            new SpaceNode.Choice(label, isWeighted ? Weighted(count) : new Distribution.Choice(count), [.. nodes]);

    private static Distribution.PChoice Weighted(int count) =>
        new([.. Enumerable.Range(0, count).Select(i => i == count - 1 ? 1.0 : 0)]);

    private static Gen<SpaceNode> Number() =>
        from prior in Prior()
        from label in Gen.Elements(Names)
        select (SpaceNode)new SpaceNode.Number(label, prior);

    private static Gen<Distribution> Prior() =>
        from at in Gen.Choose(-30, 30)
        from width in Gen.Choose(1, 40)
        from q in Gen.Elements(0.1, 0.25, 1, 3)
        from prior in Gen.Elements<Distribution>(
            new Distribution.Uniform(at / 3.0, (at + width) / 3.0),
            new Distribution.QUniform(at, at + width, q),
            new Distribution.UniformInt(at, at + width),
            new Distribution.LogUniform(at / 7.0, (at + width) / 7.0),
            new Distribution.QLogUniform(at / 7.0, (at + width) / 7.0, q),
            new Distribution.Normal(at, width),
            new Distribution.QNormal(at, width, q),
            new Distribution.LogNormal(at / 7.0, width / 9.0),
            new Distribution.QLogNormal(at / 7.0, width / 9.0, q),
            new Distribution.RandInt(at, at + width)
        )
        select prior;

    private static bool HasParameter(SpaceNode node) =>
        node switch
        {
            SpaceNode.Dict dictionary => dictionary.Entries.Any(entry => HasParameter(entry.Value)),
            SpaceNode.List list => list.Items.Any(HasParameter),
            SpaceNode.Literal => false,
            _ => true,
        };

    /// <summary>Makes labels unique, and keeps shared nodes shared.</summary>
    private sealed class Relabelling
    {
        private readonly Dictionary<SpaceNode, SpaceNode> _known = new(
            (IEqualityComparer<SpaceNode>)ReferenceEqualityComparer.Instance
        );

        private readonly HashSet<string> _labels = new(StringComparer.Ordinal) { "" };

        public SpaceNode Of(SpaceNode node)
        {
            if (!_known.TryGetValue(node, out SpaceNode? renamed))
            {
                renamed = node switch
                {
                    SpaceNode.Dict d => new SpaceNode.Dict([
                        .. d.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value))),
                    ]),
                    SpaceNode.List list => new SpaceNode.List([.. list.Items.Select(Of)]),
                    SpaceNode.Number number => number with { Label = Unique(number.Label) },
                    SpaceNode.Choice choice => choice with
                    {
                        Label = Unique(choice.Label),
                        Options = [.. choice.Options.Select(Of)],
                    },
                    _ => node,
                };
                _known.Add(node, renamed);
            }

            return renamed;
        }

        private string Unique(string label)
        {
            string unique = label;
            while (!_labels.Add(unique))
            {
                unique = $"{label}{_labels.Count}";
            }

            return unique;
        }
    }
}
