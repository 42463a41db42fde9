using System.Collections.Immutable;
using System.Text.Json.Serialization;
using FunctionTune.Spaces;

namespace FunctionTune.Studies;

/// <summary>Everything a study is to do, fixed when it is created, but for its limits.</summary>
/// <param name="Name">The study's name for people.</param>
/// <param name="Space">What is searched.</param>
/// <param name="Algo">How it is searched.</param>
/// <param name="Seed">All randomness of the suggestions follows from this and the trials' numbers. Range: 0 to 2^53.</param>
/// <param name="Limits">What bounds the study at first.</param>
/// <param name="Trial">How a trial is carried out.</param>
[JsonConverter(typeof(StudySpecConverter))]
public sealed record StudySpec(
    string Name,
    SearchSpace Space,
    AlgoSpec Algo,
    long Seed,
    StudyLimits Limits,
    TrialSpec Trial
)
{
    /// <summary>Settings tried first, in this form: what an objective would receive.</summary>
    public ImmutableArray<Point> PointsToEvaluate { get; init; } = [];

    /// <summary>Data by name.</summary>
    public ImmutableSortedDictionary<string, DataReference> Data { get; init; } =
        ImmutableSortedDictionary.Create<string, DataReference>(StringComparer.Ordinal);

    /// <summary>Where the trials' files and staged data lie; null when the platform has a place of its own.</summary>
    public StagingSpec? Staging { get; init; }

    /// <summary>The folder that the study file's relative paths start from; null when there was no file.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>Whether the log keeps with each suggestion why it was made.</summary>
    public bool Explain { get; init; }

    /// <summary>Where the study comes from when a schedule began it; null when people did.</summary>
    public StudyOrigin? Origin { get; init; }
}
