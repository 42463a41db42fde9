using System.Text.Json;
using FunctionTune.Service.Durable;
using FunctionTune.Testing;
using FunctionTune.Testing.Durable;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>A task hub whose activities echo what they are told, and note that they were carried out.</summary>
internal sealed class ToyHub
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly HubRules _rules;

    public ToyHub(Func<IOrchestration, StudyRun, Task> code, HubRules? rules = null)
    {
        _rules = rules ?? new HubRules();
        Hub = new TaskHub(Time, code, Hire, rules);
        Hub.Begin("toy", new StudyRun("toy"));
    }

    public VirtualTime Time { get; } = new(Begin);

    public TaskHub Hub { get; }

    /// <summary>What activities were told, in the order of their beginning.</summary>
    public IList<int> Done { get; } = [];

    public InstanceStatus? Status => Hub.StatusOf("toy");

    public TimeSpan Passed => Time.GetUtcNow() - Begin;

    public void RunToEnd() => Hub.Run(() => Status != InstanceStatus.Running);

    public void RunFor(TimeSpan time)
    {
        bool passed = false;
        Time.At(Time.GetUtcNow() + time, () => passed = true);
        Hub.Run(() => passed);
    }

    private ActivityTable Hire(WorkerLife life) =>
        new ActivityTable(_rules.Json)
            .Add<int, int>(
                "echo",
                async (number, _) =>
                {
                    Done.Add(number);
                    await life.PassAsync();
                    return number;
                }
            )
            .Add<int, int>(
                "sleep",
                async (seconds, cancellationToken) =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(seconds), Time, cancellationToken);
                    Done.Add(seconds);
                    return life.Number;
                }
            )
            .Add<int, int>("fail", (_, _) => throw new JsonException("no"));
}
