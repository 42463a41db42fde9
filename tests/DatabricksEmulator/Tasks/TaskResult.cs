namespace FunctionTune.DatabricksEmulator.Tasks;

/// <summary>How a task ended, and what it left.</summary>
public sealed record TaskResult
{
    /// <summary>The termination code, as Databricks names it: SUCCESS, RUN_EXECUTION_ERROR, DRIVER_ERROR and so on.</summary>
    public required string Code { get; init; }

    /// <summary>Why it ended so, for codes other than SUCCESS.</summary>
    public string Message { get; init; } = "";

    /// <summary>What it wrote to its standard output and error.</summary>
    public string Logs { get; init; } = "";

    /// <summary>What a notebook gave to <c>dbutils.notebook.exit</c>; null when it did not.</summary>
    public string? NotebookResult { get; init; }

    /// <summary>The exception, in a line.</summary>
    public string? Error { get; init; }

    /// <summary>The exception's trace.</summary>
    public string? ErrorTrace { get; init; }

    /// <summary>The task ended well.</summary>
    /// <param name="logs">What it wrote.</param>
    public static TaskResult Success(string logs = "") => new() { Code = "SUCCESS", Logs = logs };

    /// <summary>The user's program threw.</summary>
    /// <param name="error">The exception, in a line.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="logs">What the program wrote.</param>
    public static TaskResult UserError(string error, string? trace = null, string logs = "") =>
        new()
        {
            Code = "RUN_EXECUTION_ERROR",
            Message = "Workload failed, see run output for details",
            Error = error,
            ErrorTrace = trace,
            Logs = logs,
        };

    /// <summary>The platform ended the task.</summary>
    /// <param name="code">The termination code.</param>
    /// <param name="message">Why.</param>
    public static TaskResult Platform(string code, string message) =>
        new()
        {
            Code = code,
            Message = message,
            Error = message,
        };
}
