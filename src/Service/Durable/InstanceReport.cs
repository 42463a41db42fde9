namespace FunctionTune.Service.Durable;

/// <summary>What a durable framework knows of an instance.</summary>
/// <param name="Id">The instance's id; a study's, unless the framework is used for other things as well.</param>
/// <param name="Status">What becomes of it.</param>
/// <param name="ChangedAt">When it last made a step, UTC.</param>
/// <param name="Progress">What it showed last; null when it has shown nothing, or when that is not asked for.</param>
public sealed record InstanceReport(
    string Id,
    InstanceStatus Status,
    DateTimeOffset ChangedAt,
    StudyProgress? Progress = null
);
