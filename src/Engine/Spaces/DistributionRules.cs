namespace FunctionTune.Spaces;

/// <summary>Which arguments a distribution may have.</summary>
public static class DistributionRules
{
    /// <summary>The rules that <paramref name="distribution"/> breaks; none when it is sound.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="path">Where it stands, for the problems' <see cref="Problem.Path"/>.</param>
    public static IEnumerable<Problem> Check(Distribution distribution, string path) =>
        distribution switch
        {
            Distribution.Uniform d when !(d.Low < d.High) => [new Problem(path, "low < high must hold, both finite")],
            _ => [],
        };
}
