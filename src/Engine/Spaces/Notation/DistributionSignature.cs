using System.Collections.Immutable;

namespace FunctionTune.Spaces.Notation;

/// <summary>How a distribution is written: hyperopt's name and the order and names of its arguments.</summary>
/// <param name="Name">The name, such as <c>uniform</c>.</param>
/// <param name="Arguments">The names of the arguments in hyperopt's order, without the label.</param>
internal sealed record DistributionSignature(string Name, ImmutableArray<string> Arguments)
{
    /// <summary>The hp functions, in the order of hyperopt's documentation.</summary>
    public static readonly ImmutableArray<DistributionSignature> All =
    [
        new("uniform", ["low", "high"]),
        new("quniform", ["low", "high", "q"]),
        new("uniformint", ["low", "high"]),
        new("loguniform", ["low", "high"]),
        new("qloguniform", ["low", "high", "q"]),
        new("normal", ["mu", "sigma"]),
        new("qnormal", ["mu", "sigma", "q"]),
        new("lognormal", ["mu", "sigma"]),
        new("qlognormal", ["mu", "sigma", "q"]),
        new("randint", ["low", "high"]),
        new("choice", ["options"]),
        new("pchoice", ["options"]),
    ];

    /// <summary>Every name that an argument can have, the label and the switch for natural bounds among them.</summary>
    public static readonly ImmutableArray<string> ArgumentNames =
    [
        .. All.SelectMany(signature => signature.Arguments).Distinct(StringComparer.Ordinal),
        "upper",
        "log",
        "label",
    ];

    /// <summary>The signature called <paramref name="name"/>, or null.</summary>
    public static DistributionSignature? Find(string name) =>
        All.FirstOrDefault(signature => string.Equals(signature.Name, name, StringComparison.Ordinal));

    /// <summary>The numeric distribution of this name.</summary>
    /// <param name="a">The values of <see cref="Arguments"/>.</param>
    public Distribution Create(ReadOnlySpan<double> a) =>
        Name switch
        {
            "uniform" => new Distribution.Uniform(a[0], a[1]),
            "quniform" => new Distribution.QUniform(a[0], a[1], a[2]),
            "uniformint" => new Distribution.UniformInt(a[0], a[1]),
            "loguniform" => new Distribution.LogUniform(a[0], a[1]),
            "qloguniform" => new Distribution.QLogUniform(a[0], a[1], a[2]),
            "normal" => new Distribution.Normal(a[0], a[1]),
            "qnormal" => new Distribution.QNormal(a[0], a[1], a[2]),
            "lognormal" => new Distribution.LogNormal(a[0], a[1]),
            "qlognormal" => new Distribution.QLogNormal(a[0], a[1], a[2]),
            "randint" => new Distribution.RandInt((long)a[0], (long)a[1]),
            _ => throw new InvalidOperationException($"{Name} is not numeric."),
        };

    /// <summary>The name of a distribution and, for a numeric one, the values of its arguments.</summary>
    public static (string Name, ImmutableArray<double> Values) Of(Distribution distribution) =>
        distribution switch
        {
            Distribution.Uniform d => ("uniform", [d.Low, d.High]),
            Distribution.QUniform d => ("quniform", [d.Low, d.High, d.Q]),
            Distribution.UniformInt d => ("uniformint", [d.Low, d.High]),
            Distribution.LogUniform d => ("loguniform", [d.Low, d.High]),
            Distribution.QLogUniform d => ("qloguniform", [d.Low, d.High, d.Q]),
            Distribution.Normal d => ("normal", [d.Mu, d.Sigma]),
            Distribution.QNormal d => ("qnormal", [d.Mu, d.Sigma, d.Q]),
            Distribution.LogNormal d => ("lognormal", [d.Mu, d.Sigma]),
            Distribution.QLogNormal d => ("qlognormal", [d.Mu, d.Sigma, d.Q]),
            Distribution.RandInt d => ("randint", [d.Low, d.High]),
            Distribution.Choice => ("choice", []),
            Distribution.PChoice => ("pchoice", []),
            _ => throw new InvalidOperationException($"Unknown distribution {distribution.GetType()}."),
        };
}
