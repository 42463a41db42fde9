using System.Collections.Immutable;
using FunctionTune.Spaces;

namespace FunctionTune.Testing.Suggest;

/// <summary>Spaces to try suggesters on.</summary>
public static class Spaces
{
    /// <summary>One parameter of every distribution, and parameters two choices deep.</summary>
    public static SearchSpace Everything { get; } =
        SearchSpace.Create(
            Dict(
                ("uniform", Number("uniform", new Distribution.Uniform(-2, 3))),
                ("quniform", Number("quniform", new Distribution.QUniform(0.3, 7.6, 0.5))),
                ("uniformint", Number("uniformint", new Distribution.UniformInt(0, 4))),
                ("loguniform", Number("loguniform", new Distribution.LogUniform(Math.Log(1e-4), 0))),
                ("qloguniform", Number("qloguniform", new Distribution.QLogUniform(-3, 3, 2))),
                ("normal", Number("normal", new Distribution.Normal(10, 2))),
                ("qnormal", Number("qnormal", new Distribution.QNormal(0, 3, 1))),
                ("lognormal", Number("lognormal", new Distribution.LogNormal(0, 1))),
                ("qlognormal", Number("qlognormal", new Distribution.QLogNormal(0, 2, 0.5))),
                ("randint", Number("randint", new Distribution.RandInt(-3, 9))),
                ("pchoice", Choice("pchoice", new Distribution.PChoice([0.2, 0, 0.8]), 1, 2, 3)),
                (
                    "choice",
                    Choice(
                        "choice",
                        new Distribution.Choice(3),
                        "plain",
                        Dict(("rate", Number("rate", new Distribution.LogUniform(-5, 0)))),
                        Choice(
                            "inner",
                            new Distribution.Choice(2),
                            Number("depth", new Distribution.UniformInt(1, 9)),
                            Number("width", new Distribution.Normal(0, 1))
                        )
                    )
                )
            )
        );

    /// <summary>Fifty parameters, of five distributions in turn.</summary>
    public static SearchSpace Fifty { get; } =
        Flat(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    (Distribution)(
                        (i % 5) switch
                        {
                            0 => new Distribution.Uniform(-1, 4),
                            1 => new Distribution.LogUniform(-9, 0),
                            2 => new Distribution.Normal(3, 2),
                            3 => new Distribution.QUniform(0, 20, 2),
                            _ => new Distribution.Choice(4),
                        }
                    )
                )
        );

    /// <summary>One parameter.</summary>
    public static SearchSpace Single(Distribution prior) => SearchSpace.Create(Number("x", prior));

    /// <summary>Several parameters called x0, x1 and so on.</summary>
    public static SearchSpace Flat(params IEnumerable<Distribution> priors) =>
        SearchSpace.Create(Dict([.. priors.Select((prior, i) => ($"x{i}", Node($"x{i}", prior)))]));

    private static SpaceNode Node(string label, Distribution prior) =>
        prior switch
        {
            Distribution.Choice choice => Choice(label, prior, [.. Enumerable.Range(0, choice.Count)]),
            Distribution.PChoice choice => Choice(label, prior, [.. Enumerable.Range(0, choice.Probabilities.Length)]),
            _ => Number(label, prior),
        };

    private static SpaceNode.Number Number(string label, Distribution prior) => new(label, prior);

    private static SpaceNode.Choice Choice(
        string label,
        Distribution prior,
        params ImmutableArray<SpaceNode> options
    ) => new(label, prior, options);

    private static SpaceNode.Dict Dict(params ImmutableArray<(string Key, SpaceNode Node)> entries) =>
        new([.. entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Node))]);
}
