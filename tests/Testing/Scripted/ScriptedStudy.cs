using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.Hosting;
using FunctionTune.Spaces;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Testing.Scripted;

/// <summary>A study whose trials, and whose user's wishes, follow a script: any host can play it.</summary>
/// <param name="Limits">What bounds it.</param>
/// <param name="Script">The course of each attempt.</param>
/// <param name="Wishes">What the user wants, and when, from the beginning.</param>
public sealed record ScriptedStudy(
    StudyLimits Limits,
    Func<TrialStart, ScriptedCourse> Script,
    ImmutableArray<ScriptedWish> Wishes
)
{
    /// <summary>Its id.</summary>
    public StudyId Id { get; init; } = new("scripted");

    /// <summary>Its algorithm.</summary>
    public string Algo { get; init; } = "rand";

    /// <summary>How many points its user gives.</summary>
    public int Given { get; init; }

    /// <summary>What the cluster carries; null when it does not know.</summary>
    public RunnerCapacity? Capacity { get; init; }

    /// <summary>What it is to do.</summary>
    public StudySpec Spec =>
        StudySpecs.Of(Limits) with
        {
            Algo = new AlgoSpec(Algo),
            PointsToEvaluate = [.. Enumerable.Range(0, Given).Select(i => new Point([100 * i]))],
            Trial = new TrialSpec.Remote("simulated", JsonSerializer.SerializeToElement(new { seconds = 1 })),
        };

    /// <summary>The first event of its log.</summary>
    public StudyEvent.Created Created => new(StudySpecs.Start, StudyJson.Format, Id, Spec);
}
