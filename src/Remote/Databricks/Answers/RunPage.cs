using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionTune.Remote.Databricks.Answers;

/// <summary>A page of a list of runs.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">What asks for the next page; null when this is the last.</param>
internal sealed record RunPage(ImmutableArray<RunState> Runs, string? Next)
{
    public static RunPage Read(JsonElement json) =>
        new(
            [.. json.Items("runs").Select(RunState.Read)],
            json.Text("next_page_token") is { Length: > 0 } next ? next : null
        );
}
