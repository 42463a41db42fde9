using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.DatabricksEmulator.Runs;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.StandIns.Web;

namespace FunctionTune.DatabricksEmulator.Wire;

/// <summary>jobs/runs of the Jobs API 2.2: submit, get, get-output, cancel.</summary>
/// <param name="book">The runs.</param>
/// <param name="rules">What submit demands.</param>
/// <param name="json">How runs are shown.</param>
/// <param name="launch">Sets a new run going.</param>
/// <param name="log">Where bodies of submit are noted.</param>
internal sealed class RunsEndpoints(RunBook book, SubmitRules rules, RunJson json, Action<Run> launch, RequestLog log)
{
    private const int MaxOutput = 5 * 1024 * 1024;

    private static readonly Shape Cancel = Shape.Object(("run_id*", Shape.Whole));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/2.2/jobs/runs/submit", Answer.With(SubmitAsync));
        routes.MapPost("/api/2.2/jobs/runs/cancel", Answer.With(CancelAsync));
        routes.MapGet("/api/2.2/jobs/runs/get", Answer.With(Get));
        routes.MapGet("/api/2.2/jobs/runs/get-output", Answer.With(GetOutput));
    }

    private async Task<JsonNode> SubmitAsync(HttpContext context)
    {
        JsonElement body = await Body.ReadAsync(context, SubmitShape.Body);
        log.NoteSubmission(body);
        rules.Check(body);
        (long id, Run? run) = book.Submit(body);
        if (run is not null)
        {
            launch(run);
        }

        return new JsonObject { ["run_id"] = id };
    }

    private async Task<JsonNode> CancelAsync(HttpContext context)
    {
        JsonElement body = await Body.ReadAsync(context, Cancel);
        long id = body.GetProperty("run_id").GetInt64();
        book.Read(
            id,
            (run, _) =>
            {
                run.Ask(Ending.Cancelled);
                return run;
            }
        );
        return new JsonObject();
    }

    private JsonObject Get(HttpContext context)
    {
        var query = new Query(context.Request.Query);
        int offset = query.Text("page_token") is { } token ? OffsetOf(token) : 0;
        return book.Read(
            query.RunId(),
            (run, task) =>
            {
                if (task is not null)
                {
                    return json.MetadataOf(run, task);
                }

                JsonObject answer = json.Of(run);
                answer["tasks"] = json.TasksOf(run, offset);
                if (offset + RunJson.PageSize < run.Tasks.Length)
                {
                    answer["next_page_token"] = string.Create(
                        CultureInfo.InvariantCulture,
                        $"tasks-{offset + RunJson.PageSize}"
                    );
                }

                return answer;
            }
        );
    }

    private JsonObject GetOutput(HttpContext context) =>
        book.Read(
            new Query(context.Request.Query).RunId(),
            (run, task) =>
                task is not null
                    ? OutputOf(run, task)
                    : throw ApiException.Invalid(
                        "Retrieving the output of runs with multiple tasks is not supported. "
                            + "Please retrieve the output of each individual task run instead."
                    )
        );

    private JsonObject OutputOf(Run run, TaskRun task)
    {
        var answer = new JsonObject { ["metadata"] = json.MetadataOf(run, task) };
        if (task.Output is not { } output)
        {
            return answer;
        }

        if (output.Error is not null)
        {
            answer["error"] = output.Error;
            answer["error_trace"] = output.ErrorTrace ?? "";
        }

        if (task.Kind is TaskKind.Notebook)
        {
            var notebook = new JsonObject { ["truncated"] = output.NotebookResult?.Length > MaxOutput };
            if (output.NotebookResult is { } result)
            {
                notebook["result"] = result[..Math.Min(result.Length, MaxOutput)];
            }

            answer["notebook_output"] = notebook;
        }
        else if (task.Kind is not TaskKind.SparkSubmit)
        {
            answer["logs"] = output.Logs[^Math.Min(output.Logs.Length, MaxOutput)..];
            answer["logs_truncated"] = output.Logs.Length > MaxOutput;
        }

        return answer;
    }

    private static int OffsetOf(string token) =>
        token.StartsWith("tasks-", StringComparison.Ordinal)
        && int.TryParse(token.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out int offset)
            ? offset
            : throw ApiException.Invalid($"Invalid page token: {token}");
}
