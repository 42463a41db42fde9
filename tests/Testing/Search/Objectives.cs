using System.Collections.Immutable;

namespace FunctionTune.Testing.Search;

/// <summary>The ten public objectives on which search algorithms are compared.</summary>
public static class Objectives
{
    /// <summary>All ten.</summary>
    public static ImmutableArray<Objective> All { get; } =
    [
        SmoothObjectives.Branin,
        SmoothObjectives.Hartmann6,
        SmoothObjectives.Ackley5,
        SmoothObjectives.Rosenbrock4,
        SmoothObjectives.Rastrigin4,
        SmoothObjectives.Sphere10,
        TuningObjectives.Boosting,
        TuningObjectives.Families,
        TuningObjectives.Categories,
        SmoothObjectives.NoisyHartmann6,
    ];

    /// <summary>Those that are also searched with several trials in flight.</summary>
    public static ImmutableArray<Objective> InParallel { get; } =
    [
        TuningObjectives.Categories,
        TuningObjectives.Families,
        SmoothObjectives.Hartmann6,
        SmoothObjectives.Rosenbrock4,
        TuningObjectives.Boosting,
    ];
}
