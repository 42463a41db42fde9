using System.Globalization;
using System.Text.Json.Nodes;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>Runs as runs/get, runs/list and the metadata of runs/get-output show them.</summary>
/// <param name="url">The address of the workspace.</param>
internal sealed class RunJson(Func<Uri> url)
{
    /// <summary>How many tasks an answer shows at most.</summary>
    public const int PageSize = 100;

    public const string User = "emulator@example.com";

    /// <summary>A run without its tasks.</summary>
    public JsonObject Of(Run run)
    {
        DateTimeOffset end = run.Ended ?? DateTimeOffset.UtcNow;
        JsonObject json = Common(run, run.Id, run.Submitted, run.Ended, run.Phase, run.End);
        json["run_name"] = run.Name;
        json["run_type"] = "SUBMIT_RUN";
        json["job_run_id"] = run.Id;
        json["number_in_job"] = run.Id;
        json["creator_user_name"] = User;
        json["trigger"] = "ONE_TIME";
        json["run_duration"] = Milliseconds(end - run.Submitted);
        json["queue_duration"] = 0;
        return json;
    }

    /// <summary>Some tasks of a run.</summary>
    public JsonArray TasksOf(Run run, int offset) =>
        [.. run.Tasks.Skip(offset).Take(PageSize).Select(task => TaskOf(run, task))];

    /// <summary>A task as the run that it is.</summary>
    public JsonObject MetadataOf(Run run, TaskRun task)
    {
        JsonObject json = TaskOf(run, task);
        json["run_name"] = run.Name;
        json["run_type"] = "SUBMIT_RUN";
        json["job_run_id"] = run.Id;
        return json;
    }

    private JsonObject TaskOf(Run run, TaskRun task)
    {
        JsonObject json = Common(run, task.Id, task.Submitted, task.Ended, task.Phase, task.End);
        foreach ((string name, JsonNode? value) in JsonObject.Create(task.Definition)!.ToArray())
        {
            json[name] = value?.DeepClone();
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        DateTimeOffset left = task.Left ?? now;
        json["attempt_number"] = 0;
        json["run_if"] ??= "ALL_SUCCESS";
        json["setup_duration"] = Milliseconds((task.Started ?? left) - task.Submitted);
        json["execution_duration"] = Milliseconds(task.Started is { } started ? left - started : TimeSpan.Zero);
        json["cleanup_duration"] = Milliseconds(task.Left is { } from ? (task.Ended ?? now) - from : TimeSpan.Zero);
        if (task.RunsOn is not null)
        {
            json["cluster_instance"] = new JsonObject
            {
                ["cluster_id"] = task.RunsOn,
                ["spark_context_id"] = task.Id.ToString(CultureInfo.InvariantCulture),
            };
        }

        return json;
    }

    private JsonObject Common(
        Run run,
        long id,
        DateTimeOffset start,
        DateTimeOffset? end,
        RunPhase phase,
        Ending? ending
    ) =>
        new()
        {
            ["run_id"] = id,
            ["run_page_url"] = string.Create(CultureInfo.InvariantCulture, $"{url()}?o=1#job/{run.Id}/run/{id}"),
            ["start_time"] = start.ToUnixTimeMilliseconds(),
            ["end_time"] = end?.ToUnixTimeMilliseconds() ?? 0,
            ["setup_duration"] = 0,
            ["execution_duration"] = 0,
            ["cleanup_duration"] = 0,
            ["state"] = StateOf(phase, ending),
            ["status"] = StatusOf(phase, ending),
        };

    private static JsonObject StateOf(RunPhase phase, Ending? end)
    {
        var json = new JsonObject
        {
            ["life_cycle_state"] = end?.LifeCycle ?? NameOf(phase),
            ["state_message"] = end?.Message ?? "",
            ["user_cancelled_or_timedout"] = end?.IsStopped ?? false,
        };
        if (end is not null)
        {
            json["result_state"] = end.Result;
        }

        return json;
    }

    private static JsonObject StatusOf(RunPhase phase, Ending? end)
    {
        var json = new JsonObject { ["state"] = NameOf(phase) };
        if (end is not null)
        {
            json["termination_details"] = new JsonObject
            {
                ["code"] = end.Code,
                ["type"] = end.Type,
                ["message"] = end.Message,
            };
        }
        else if (phase is RunPhase.Queued)
        {
            json["queue_details"] = new JsonObject
            {
                ["code"] = "ACTIVE_RUNS_LIMIT_REACHED",
                ["message"] = "Queued: no slot is free.",
            };
        }

        return json;
    }

    private static string NameOf(RunPhase phase) => phase.ToString().ToUpperInvariant();

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
