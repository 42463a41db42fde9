using System.Runtime.CompilerServices;
using System.Text.Json;
using FunctionTune.Service.Durable;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Durable;

/// <summary>The client of a task hub.</summary>
/// <param name="hub">The hub.</param>
/// <param name="json">How the hub writes.</param>
public sealed class HubInstances(TaskHub hub, JsonSerializerOptions json) : IInstances
{
    /// <summary>Whether an instance is told to look at the log, or the event is lost on its way.</summary>
    public bool Nudges { get; set; } = true;

    /// <inheritdoc/>
    public Task<InstanceReport?> FindAsync(StudyId id, CancellationToken cancellationToken) =>
        Task.FromResult(ReportOf(id.ToString()));

    /// <inheritdoc/>
    public async IAsyncEnumerable<InstanceReport> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (string id in hub.Instances)
        {
            await Task.CompletedTask;
            yield return ReportOf(id)!;
        }
    }

    /// <inheritdoc/>
    public Task BeginAsync(StudyRun run, CancellationToken cancellationToken)
    {
        hub.Begin(run.Study, run);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task NudgeAsync(StudyId id, CancellationToken cancellationToken)
    {
        if (Nudges)
        {
            hub.Raise(id.ToString(), StudyOrchestration.News, "");
        }

        return Task.CompletedTask;
    }

    private InstanceReport? ReportOf(string id)
    {
        if (hub.StatusOf(id) is not { } status)
        {
            return null;
        }

        StudyProgress? progress = hub.CustomStatusOf(id) is { } shown
            ? JsonSerializer.Deserialize<StudyProgress>(shown, json)
            : null;
        return new InstanceReport(id, status, hub.ChangedAt(id), progress);
    }
}
