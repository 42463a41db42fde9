using FunctionTune.Service.Durable;
using FunctionTune.Studies;
using FunctionTune.Testing;
using FunctionTune.Testing.Durable;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>The instances of a task hub in memory.</summary>
internal sealed class HubInstances(TaskHub hub, VirtualTime time) : IInstances
{
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Whether an instance is told to look at the log, or the event is lost on its way.</summary>
    public bool Nudges { get; set; } = true;

    public Task<InstanceReport?> FindAsync(StudyId id, CancellationToken cancellationToken) =>
        Task.FromResult(Report(id.ToString()));

    public IAsyncEnumerable<InstanceReport> ListAsync(CancellationToken cancellationToken) =>
        _known.Select(Report).OfType<InstanceReport>().ToAsyncEnumerable();

    public Task BeginAsync(StudyRun run, CancellationToken cancellationToken)
    {
        hub.Begin(run.Study, run);
        _known.Add(run.Study);
        return Task.CompletedTask;
    }

    public Task NudgeAsync(StudyId id, CancellationToken cancellationToken)
    {
        if (Nudges)
        {
            hub.Raise(id.ToString(), StudyOrchestration.News, "");
        }

        return Task.CompletedTask;
    }

    private InstanceReport? Report(string id) =>
        hub.StatusOf(id) switch
        {
            HubStatus.None => null,
            HubStatus.Running => Report(id, InstanceStatus.Running),
            HubStatus.Completed => Report(id, InstanceStatus.Completed),
            HubStatus.Failed => Report(id, InstanceStatus.Failed),
            _ => Report(id, InstanceStatus.Terminated),
        };

    private InstanceReport Report(string id, InstanceStatus status) =>
        new(
            id,
            status,
            time.GetUtcNow(),
            hub.CustomStatusOf(id) is { } shown
                ? System.Text.Json.JsonSerializer.Deserialize<StudyProgress>(shown, new HubRules().Json)
                : null
        );
}
