using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Remote.Databricks;
using FunctionTune.Remote.Databricks.Answers;

namespace FunctionTune.Remote.Tests.Databricks;

public sealed class RunVerdictTests
{
    [Theory]
    [InlineData("SUCCESS", nameof(RunClass.Succeeded))]
    [InlineData("SUCCESS_WITH_FAILURES", nameof(RunClass.Succeeded))]
    [InlineData("RUN_EXECUTION_ERROR", nameof(RunClass.Failed))]
    [InlineData("USER_CANCELED", nameof(RunClass.Cancelled))]
    [InlineData("INTERNAL_ERROR", nameof(RunClass.Lost))]
    [InlineData("DRIVER_ERROR", nameof(RunClass.Lost))]
    [InlineData("CLUSTER_ERROR", nameof(RunClass.Lost))]
    [InlineData("CLOUD_FAILURE", nameof(RunClass.Lost))]
    [InlineData("STORAGE_ACCESS_ERROR", nameof(RunClass.Lost))]
    [InlineData("REPOSITORY_CHECKOUT_FAILED", nameof(RunClass.Lost))]
    [InlineData("BREAKING_CHANGE", nameof(RunClass.Lost))]
    [InlineData("CLUSTER_TERMINATED_BY_USER", nameof(RunClass.Lost))]
    [InlineData("CLUSTER_REQUEST_LIMIT_EXCEEDED", nameof(RunClass.Throttled))]
    [InlineData("WORKSPACE_RUN_LIMIT_EXCEEDED", nameof(RunClass.Throttled))]
    [InlineData("MAX_CONCURRENT_RUNS_EXCEEDED", nameof(RunClass.Throttled))]
    [InlineData("MAX_SPARK_CONTEXTS_EXCEEDED", nameof(RunClass.Throttled))]
    [InlineData("MAX_JOB_QUEUE_SIZE_EXCEEDED", nameof(RunClass.Throttled))]
    [InlineData("INVALID_CLUSTER_REQUEST", nameof(RunClass.Misconfigured))]
    [InlineData("INVALID_RUN_CONFIGURATION", nameof(RunClass.Misconfigured))]
    [InlineData("LIBRARY_INSTALLATION_ERROR", nameof(RunClass.Misconfigured))]
    [InlineData("UNAUTHORIZED_ERROR", nameof(RunClass.Misconfigured))]
    [InlineData("FEATURE_DISABLED", nameof(RunClass.Misconfigured))]
    [InlineData("RESOURCE_NOT_FOUND", nameof(RunClass.Misconfigured))]
    [InlineData("BUDGET_POLICY_LIMIT_EXCEEDED", nameof(RunClass.Misconfigured))]
    [InlineData("SKIPPED", nameof(RunClass.Misconfigured))]
    [InlineData("DISABLED", nameof(RunClass.Misconfigured))]
    public void Each_termination_code_has_its_class(string code, string expected)
    {
        string result = code.StartsWith("SUCCESS", StringComparison.Ordinal) ? "SUCCESS" : "FAILED";

        RunClass found = RunVerdict.ClassOf(Run("INTERNAL_ERROR", result, code, "TERMINATED", result));

        Assert.Equal(expected, found.ToString());
    }

    [Fact]
    public void An_exception_of_the_program_is_no_failure_of_the_infrastructure()
    {
        // The trap: the run ends INTERNAL_ERROR.
        RunState run = Run("INTERNAL_ERROR", "FAILED", "RUN_EXECUTION_ERROR", "TERMINATED", "FAILED");

        var outcome = Assert.IsType<TrialOutcome.Failed>(RunVerdict.OutcomeOf(run));

        Assert.Equal(FailureKind.Exception, outcome.Kind);
    }

    [Theory]
    [InlineData("TERMINATED", nameof(RunClass.Failed))]
    [InlineData("INTERNAL_ERROR", nameof(RunClass.Lost))]
    public void Without_a_code_the_state_of_the_task_decides(string lifeCycle, string expected) =>
        Assert.Equal(expected, RunVerdict.ClassOf(Run("INTERNAL_ERROR", "FAILED", "", lifeCycle, "FAILED")).ToString());

    [Fact]
    public void A_run_that_its_time_limit_ended_took_too_long()
    {
        Assert.Equal(
            RunClass.TimedOut,
            RunVerdict.ClassOf(Run("TERMINATED", "TIMEDOUT", "CANCELED", "TERMINATED", "TIMEDOUT"))
        );
        Assert.Equal(
            RunClass.TimedOut,
            RunVerdict.ClassOf(Run("TERMINATED", "CANCELED", "CANCELED", "TERMINATED", "CANCELED", stopped: true))
        );
    }

    [Fact]
    public void A_code_that_nobody_knows_falls_back_on_the_result() =>
        Assert.Equal(
            RunClass.Lost,
            RunVerdict.ClassOf(Run("INTERNAL_ERROR", "FAILED", "BRAND_NEW", "INTERNAL_ERROR", "FAILED"))
        );

    [Theory]
    [InlineData("QUEUED", false)]
    [InlineData("PENDING", false)]
    [InlineData("RUNNING", false)]
    [InlineData("TERMINATING", false)]
    [InlineData("BLOCKED", false)]
    [InlineData("WAITING_FOR_RETRY", false)]
    [InlineData("SOMETHING_NEW", false)]
    [InlineData("TERMINATED", true)]
    [InlineData("SKIPPED", true)]
    [InlineData("INTERNAL_ERROR", true)]
    public void A_state_that_nobody_knows_is_one_of_a_run_that_goes_on(string lifeCycle, bool ended) =>
        Assert.Equal(ended, Run(lifeCycle, "", "", lifeCycle, "").HasEnded);

    [Fact]
    public void An_answer_with_fields_missing_or_of_another_type_is_read_as_far_as_it_goes()
    {
        RunState run = RunState.Read(JsonElement.Parse("""{"run_id":7,"state":"odd","tasks":[{}],"status":null}"""));

        Assert.Equal(7, run.RunId);
        Assert.False(run.HasEnded);
    }

    private static RunState Run(
        string lifeCycle,
        string result,
        string code,
        string taskLifeCycle,
        string taskResult,
        bool stopped = false
    ) =>
        RunState.Read(
            JsonSerializer.SerializeToElement(
                new
                {
                    run_id = 1,
                    run_name = "functiontune/study/1/1",
                    state = new
                    {
                        life_cycle_state = lifeCycle,
                        result_state = result,
                        state_message = "words",
                        user_cancelled_or_timedout = stopped,
                    },
                    status = new { state = "TERMINATED", termination_details = new { code, message = "words" } },
                    tasks = new[]
                    {
                        new
                        {
                            run_id = 2,
                            task_key = "trial",
                            state = new { life_cycle_state = taskLifeCycle, result_state = taskResult },
                        },
                    },
                }
            )
        );
}
