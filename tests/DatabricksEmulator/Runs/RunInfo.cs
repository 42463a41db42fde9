using System.Collections.Immutable;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>A run at one look, for tests.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="TaskRunIds">The ids of its tasks' own runs.</param>
/// <param name="Name">Its name.</param>
/// <param name="Token">Its idempotency token; null when it has none.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="IsActive">Whether it has not ended.</param>
/// <param name="IsRunning">Whether a task of it is being carried out.</param>
/// <param name="Result">Its result state; null before the end.</param>
/// <param name="Code">Its termination code; null before the end.</param>
public sealed record RunInfo(
    long RunId,
    ImmutableArray<long> TaskRunIds,
    string Name,
    string? Token,
    ImmutableSortedDictionary<string, string> Tags,
    bool IsActive,
    bool IsRunning,
    string? Result,
    string? Code
)
{
    internal static RunInfo Of(Run run) =>
        new(
            run.Id,
            [.. run.Tasks.Select(task => task.Id)],
            run.Name,
            run.Token,
            run.Tags,
            run.IsActive,
            run.Phase is RunPhase.Running,
            run.End?.Result,
            run.End?.Code
        );
}
