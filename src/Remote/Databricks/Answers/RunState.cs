using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.Remote.Databricks.Answers;

/// <summary>Where a run, or a task of one, stands.</summary>
/// <param name="RunId">Its id; a task has one of its own.</param>
/// <param name="Name">Its name; of a task, its key.</param>
/// <param name="LifeCycle">The <c>life_cycle_state</c>.</param>
/// <param name="Result">The <c>result_state</c>; empty before the end.</param>
/// <param name="State">The <c>status.state</c> of API 2.2; empty when it is not given.</param>
/// <param name="Code">The termination code; empty before the end.</param>
/// <param name="Message">Why it stands so.</param>
/// <param name="IsCancelledOrTimedOut">Whether somebody or a clock stopped it.</param>
internal sealed record RunState(
    long RunId,
    string Name,
    string LifeCycle,
    string Result,
    string State,
    string Code,
    string Message,
    bool IsCancelledOrTimedOut
)
{
    /// <summary>The tasks, in their order; the last attempt of each is the last of its key.</summary>
    public ImmutableArray<RunState> Tasks { get; init; } = [];

    /// <summary>What was submitted, of a task; else nothing.</summary>
    public JsonElement Definition { get; init; }

    /// <summary>Whether it has ended. A state that nobody knows is one of a run that goes on.</summary>
    public bool HasEnded =>
        LifeCycle is "TERMINATED" or "SKIPPED" or "INTERNAL_ERROR" || (LifeCycle.Length == 0 && State is "TERMINATED");

    /// <summary>Reads a run, or a task.</summary>
    public static RunState Read(JsonElement json)
    {
        JsonElement state = json.At("state");
        JsonElement status = json.At("status");
        JsonElement end = status.At("termination_details");
        string name = json.Text("task_key");
        return new RunState(
            json.Whole("run_id") ?? 0,
            name.Length > 0 ? name : json.Text("run_name"),
            state.Text("life_cycle_state"),
            state.Text("result_state"),
            status.Text("state"),
            end.Text("code"),
            end.Text("message") is { Length: > 0 } message ? message : state.Text("state_message"),
            state.Flag("user_cancelled_or_timedout")
        )
        {
            Tasks = [.. json.Items("tasks").Select(Read)],
            Definition = name.Length > 0 ? json : default,
        };
    }
}
