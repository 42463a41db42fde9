using FunctionTune.Studies;

namespace FunctionTune.Service.Durable;

/// <summary>Where a study stands: all that its orchestration needs to go on, however long the log is.</summary>
/// <param name="Version">The version of the log.</param>
/// <param name="State">The fold of the log, without the runners' handles; null when there is no log.</param>
public sealed record StudyStanding(long Version, StudyState? State = null) : IActivityAnswer
{
    /// <summary>When the latest event of the log came.</summary>
    public DateTimeOffset LastEventAt { get; init; }

    /// <inheritdoc/>
    public string? Trouble { get; init; }
}
