using FunctionTune.History;
using FunctionTune.Remote.Databricks.Answers;

namespace FunctionTune.Remote.Databricks;

/// <summary>
/// What the end of a run means. The task's state and the termination code decide: a run whose program threw an exception ends
/// INTERNAL_ERROR, and is no failure of the infrastructure.
/// </summary>
internal static class RunVerdict
{
    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, RunClass> s_codes = new(StringComparer.Ordinal)
    {
        ["SUCCESS"] = RunClass.Succeeded,
        ["SUCCESS_WITH_FAILURES"] = RunClass.Succeeded,
        ["RUN_EXECUTION_ERROR"] = RunClass.Failed,
        ["USER_CANCELED"] = RunClass.Cancelled,
        ["INTERNAL_ERROR"] = RunClass.Lost,
        ["DRIVER_ERROR"] = RunClass.Lost,
        ["CLUSTER_ERROR"] = RunClass.Lost,
        ["CLOUD_FAILURE"] = RunClass.Lost,
        ["STORAGE_ACCESS_ERROR"] = RunClass.Lost,
        ["REPOSITORY_CHECKOUT_FAILED"] = RunClass.Lost,
        ["BREAKING_CHANGE"] = RunClass.Lost,
        ["CLUSTER_TERMINATED_BY_USER"] = RunClass.Lost,
        ["CLUSTER_REQUEST_LIMIT_EXCEEDED"] = RunClass.Throttled,
        ["WORKSPACE_RUN_LIMIT_EXCEEDED"] = RunClass.Throttled,
        ["MAX_CONCURRENT_RUNS_EXCEEDED"] = RunClass.Throttled,
        ["MAX_SPARK_CONTEXTS_EXCEEDED"] = RunClass.Throttled,
        ["MAX_JOB_QUEUE_SIZE_EXCEEDED"] = RunClass.Throttled,
        ["INVALID_CLUSTER_REQUEST"] = RunClass.Misconfigured,
        ["INVALID_RUN_CONFIGURATION"] = RunClass.Misconfigured,
        ["LIBRARY_INSTALLATION_ERROR"] = RunClass.Misconfigured,
        ["UNAUTHORIZED_ERROR"] = RunClass.Misconfigured,
        ["FEATURE_DISABLED"] = RunClass.Misconfigured,
        ["RESOURCE_NOT_FOUND"] = RunClass.Misconfigured,
        ["BUDGET_POLICY_LIMIT_EXCEEDED"] = RunClass.Misconfigured,
        ["SKIPPED"] = RunClass.Misconfigured,
        ["DISABLED"] = RunClass.Misconfigured,
    };

    /// <summary>The task of a run whose output tells more: the one that did not end well, or the last.</summary>
    public static RunState? TaskOf(RunState run) =>
        run.Tasks.LastOrDefault(task => task.Result is not ("" or "SUCCESS")) ?? run.Tasks.LastOrDefault();

    /// <summary>What the end of a run means.</summary>
    public static RunClass ClassOf(RunState run)
    {
        RunState task = TaskOf(run) ?? run;
        string code = task.Code.Length > 0 ? task.Code : run.Code;
        if (task.Result is "TIMEDOUT" || run.Result is "TIMEDOUT")
        {
            return RunClass.TimedOut;
        }

        if (code is "CANCELED")
        {
            return task.IsCancelledOrTimedOut || run.IsCancelledOrTimedOut ? RunClass.TimedOut : RunClass.Lost;
        }

        return s_codes.TryGetValue(code, out RunClass known) ? known : ByResult(task);
    }

    /// <summary>The outcome of a trial whose run has ended; null when it ended well.</summary>
    public static TrialOutcome? OutcomeOf(RunState run)
    {
        RunState task = TaskOf(run) ?? run;
        string code = First(task.Code, run.Code, task.Result, run.Result, "no code");
        string message = First(task.Message, run.Message, "no reason was given");
        string line = OutcomeText.Line($"{message} ({code})");
        return ClassOf(run) switch
        {
            RunClass.Succeeded => null,
            RunClass.Failed => new TrialOutcome.Failed(FailureKind.Exception, line),
            RunClass.TimedOut => new TrialOutcome.Failed(
                FailureKind.Timeout,
                OutcomeText.Line($"the trial took longer than its run may: {message}")
            ),
            RunClass.Cancelled => new TrialOutcome.Cancelled("its run was cancelled on Databricks"),
            RunClass.Throttled => new TrialOutcome.Deferred(
                OutcomeText.Line($"Databricks had no room: {line}"),
                s_later
            ),
            RunClass.Misconfigured => new TrialOutcome.Failed(
                FailureKind.Misconfigured,
                OutcomeText.Line($"Databricks cannot run the trials as they are set up: {line}")
            ),
            _ => new TrialOutcome.Lost(line),
        };
    }

    /// <summary>The class of an end that has no code, or one that nobody knows.</summary>
    private static RunClass ByResult(RunState task) =>
        task.Result switch
        {
            "SUCCESS" or "SUCCESS_WITH_FAILURES" => RunClass.Succeeded,
            "CANCELED" => RunClass.Cancelled,
            "MAXIMUM_CONCURRENT_RUNS_REACHED" => RunClass.Throttled,
            "DISABLED" or "EXCLUDED" => RunClass.Misconfigured,
            // A program that threw leaves its task TERMINATED; anything else went wrong below it.
            "FAILED" when task.LifeCycle is "TERMINATED" => RunClass.Failed,
            _ => task.LifeCycle is "SKIPPED" ? RunClass.Misconfigured : RunClass.Lost,
        };

    private static string First(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }
}
