using FunctionTune.DatabricksEmulator.Tasks;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>How a task or a run ended.</summary>
/// <param name="Result">The <c>result_state</c>.</param>
/// <param name="Code">The termination code.</param>
/// <param name="Message">Why.</param>
/// <param name="LifeCycle">The last <c>life_cycle_state</c>.</param>
internal sealed record Ending(string Result, string Code, string Message, string LifeCycle = "TERMINATED")
{
    public static Ending Success { get; } = new("SUCCESS", "SUCCESS", "");

    public static Ending Cancelled { get; } = new("CANCELED", "USER_CANCELED", "Run cancelled.");

    public static Ending UpstreamFailed { get; } =
        new("UPSTREAM_FAILED", "SKIPPED", "An upstream task failed.", "SKIPPED");

    /// <summary>The <c>type</c> of the termination.</summary>
    public string Type =>
        Code switch
        {
            "SUCCESS" or "SUCCESS_WITH_FAILURES" => "SUCCESS",
            "INTERNAL_ERROR" or "DRIVER_ERROR" => "INTERNAL_ERROR",
            "CLOUD_FAILURE" or "CLUSTER_REQUEST_LIMIT_EXCEEDED" => "CLOUD_FAILURE",
            _ => "CLIENT_ERROR",
        };

    /// <summary>Whether somebody or a clock stopped it.</summary>
    public bool IsStopped => Result is "CANCELED" or "TIMEDOUT";

    public static Ending TimedOut(int seconds) =>
        new("TIMEDOUT", "CANCELED", FormattableString.Invariant($"Timed out after {seconds} seconds."));

    /// <summary>The ending of a task: a user's exception ends it TERMINATED, whatever else goes wrong INTERNAL_ERROR.</summary>
    public static Ending Of(TaskResult result) =>
        result.Code switch
        {
            "SUCCESS" => Success,
            "RUN_EXECUTION_ERROR" => new("FAILED", result.Code, result.Message),
            _ => new("FAILED", result.Code, result.Message, "INTERNAL_ERROR"),
        };

    /// <summary>The ending of a run: any task that failed, for whatever reason, ends it INTERNAL_ERROR.</summary>
    public static Ending Of(IEnumerable<TaskRun> tasks) =>
        tasks.FirstOrDefault(task => task.End is { Result: not "SUCCESS" and not "UPSTREAM_FAILED" }) switch
        {
            null => Success,
            { End: { IsStopped: true } end } => end,
            { End: { } end } task => end with
            {
                Message = $"Task {task.Key} failed with message: {end.Message}.",
                LifeCycle = "INTERNAL_ERROR",
            },
            _ => Success,
        };
}
