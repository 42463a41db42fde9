using System.Text.Json;

namespace FunctionTune.Remote.Databricks.Answers;

/// <summary>What a task left.</summary>
/// <param name="Error">The exception in a line; empty when there was none.</param>
/// <param name="Trace">Its trace; empty when there is none.</param>
/// <param name="Logs">The end of what it printed; empty for notebooks and spark-submit.</param>
/// <param name="NotebookResult">What a notebook gave to <c>dbutils.notebook.exit</c>; null when it did not.</param>
internal sealed record RunOutput(string Error, string Trace, string Logs, string? NotebookResult)
{
    public static RunOutput None { get; } = new("", "", "", null);

    public static RunOutput Read(JsonElement json) =>
        new(
            json.Text("error"),
            json.Text("error_trace"),
            json.Text("logs"),
            json.At("notebook_output").Text("result") is { Length: > 0 } result ? result : null
        );
}
