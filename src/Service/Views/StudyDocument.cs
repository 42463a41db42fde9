using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Service.Schedules;
using FunctionTune.Studies;

namespace FunctionTune.Service.Views;

/// <summary>A study as a JSON document: what the service answers and the command line prints.</summary>
public static class StudyDocument
{
    /// <summary>All that is told of a study.</summary>
    /// <param name="view">The study.</param>
    public static JsonObject Of(StudyView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        (StudyRecord study, StudyState state) = (view.Study, view.Study.State);
        var document = new JsonObject
        {
            ["id"] = study.Id.ToString(),
            ["name"] = study.Spec.Name,
            ["status"] = view.Status,
            ["stopReason"] = state.IsOver && state.Reason is { } reason ? StatusText.Camel(reason) : null,
            ["best"] = Best(study),
            ["counts"] = Counts(state),
            ["cause"] = state.Best is null ? StudyFailures.Summary(study) : null,
            ["maxEvals"] = state.Limits.MaxEvals,
            ["parallelism"] = state.Slots,
            ["parallelismAsked"] = state.Limits.AutoParallelism ? "auto" : state.Limits.Parallelism,
            ["parallelismReason"] = state.Capacity?.Why,
            ["algo"] = study.Spec.Algo.Name,
            ["seed"] = study.Spec.Seed,
            ["createdAt"] = study.CreatedAt,
            ["elapsedSeconds"] = Math.Round(view.Elapsed.TotalSeconds, 3),
            ["hints"] = new JsonArray([.. StudyHints.For(study).Select(Hint)]),
        };
        if (view.Folder is { } folder)
        {
            document["store"] = folder;
        }

        if (ScheduleReport.Of(study) is { } report)
        {
            document["schedule"] = JsonSerializer.SerializeToNode(report, StudyJson.Options);
        }

        return document;
    }

    /// <summary>The entry of a study in a list.</summary>
    /// <param name="view">The study.</param>
    public static JsonObject Brief(StudyView view)
    {
        JsonObject all = Of(view);
        foreach (string key in (string[])["cause", "algo", "seed", "store", "hints", "schedule"])
        {
            all.Remove(key);
        }

        return all;
    }

    private static JsonObject? Best(StudyRecord study) =>
        study.Best is { } best
            ? new JsonObject
            {
                ["trial"] = best.Number,
                ["loss"] = best.Loss,
                ["params"] = study.Spec.Space.Evaluate(best.Point),
            }
            : null;

    private static JsonObject Counts(StudyState state) =>
        new()
        {
            ["succeeded"] = state.Counts.Succeeded,
            ["failed"] = state.Counts.Failed,
            ["cancelled"] = state.Counts.Cancelled,
            ["lost"] = state.Counts.Lost,
            ["running"] = state.Live.Count,
            ["waiting"] = state.Waiting.Count,
        };

    private static JsonObject Hint(StudyHint hint) =>
        new()
        {
            ["kind"] = StatusText.Camel(hint.Kind),
            ["parameter"] = hint.Parameter,
            ["text"] = hint.Text,
        };
}
