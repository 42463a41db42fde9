using System.Text.Json;

namespace FunctionTune.Testing.Durable;

/// <summary>How a task hub works.</summary>
public sealed record HubRules
{
    /// <summary>How inputs, orders, answers and statuses are written.</summary>
    public JsonSerializerOptions Json { get; init; } = new() { IncludeFields = true };

    /// <summary>What goes wrong.</summary>
    public Mischief Mischief { get; init; } = Mischief.None;

    /// <summary>How many activities a worker carries out side by side.</summary>
    public int MostActivities { get; init; } = 10;

    /// <summary>How often an activity is tried.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>How long after a failure it is tried again.</summary>
    public TimeSpan BetweenTries { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From an order to the beginning of its activity.</summary>
    public TimeSpan ActivityLatency { get; init; }

    /// <summary>From an answer to the step of the orchestration that sees it.</summary>
    public TimeSpan StepLatency { get; init; }

    /// <summary>The largest custom status, in bytes.</summary>
    public int MostStatusBytes { get; init; } = 4 * 1024 - 1;
}
