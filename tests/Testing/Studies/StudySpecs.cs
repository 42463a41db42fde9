using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Studies;

/// <summary>Descriptions of studies over one number, for tests of everything but spaces.</summary>
public static class StudySpecs
{
    /// <summary>When every study of the tests begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>The id of every study of the tests.</summary>
    public static StudyId Id { get; } = new("test");

    /// <summary>One number.</summary>
    public static SearchSpace Space { get; } =
        SearchSpace.Create(new SpaceNode.Number("x", new Distribution.Uniform(0, 1000)));

    /// <summary>A study with these limits.</summary>
    public static StudySpec Of(StudyLimits limits) =>
        new("test", Space, new AlgoSpec("rand"), 7, limits, new TrialSpec.InProcess());
}
