using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Service.Views;

/// <summary>A trial as a JSON document.</summary>
public static class TrialEntry
{
    /// <summary>All that is told of a trial; its parameters as values, never as indices of options.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trial">One of its trials.</param>
    public static JsonObject Of(StudyRecord study, TrialRecord trial)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(trial);
        var document = new JsonObject
        {
            ["number"] = trial.Number,
            ["state"] = StatusText.Camel(trial.State),
            ["loss"] = trial.Loss,
            ["params"] = study.Spec.Space.Evaluate(trial.Point),
            ["attempts"] = trial.Attempts,
            ["source"] = trial.Source,
            ["started"] = trial.StartedAt,
            ["ended"] = trial.EndedAt,
            ["seconds"] = trial.Duration?.TotalSeconds,
        };
        AddReasons(document, trial);
        AddOutcome(document, trial.Outcome);
        if (trial.Values.Count > 0)
        {
            document["values"] = Node(trial.Values);
        }

        return document;
    }

    private static void AddReasons(JsonObject document, TrialRecord trial)
    {
        if (trial.Reason is { } reason)
        {
            document["sourceReason"] = reason;
        }

        if (trial.Why is { } why)
        {
            document["why"] = Node(why);
        }
    }

    private static void AddOutcome(JsonObject document, TrialOutcome? outcome)
    {
        switch (outcome)
        {
            case TrialOutcome.Succeeded { Result: var result }:
                AddResult(document, result);
                break;
            case TrialOutcome.Failed failed:
                document["failure"] = new JsonObject
                {
                    ["kind"] = StatusText.Camel(failed.Kind),
                    ["message"] = failed.Message,
                    ["loss"] = failed.Loss,
                    ["detail"] = failed.Detail,
                };
                break;
            case TrialOutcome.Lost lost:
                document["failure"] = new JsonObject { ["kind"] = "lost", ["message"] = lost.Message };
                break;
            case TrialOutcome.Cancelled cancelled:
                document["reason"] = cancelled.Reason;
                break;
            default:
                break;
        }
    }

    private static void AddResult(JsonObject document, TrialResult result)
    {
        (string Key, double? Number)[] numbers =
        [
            ("lossVariance", result.LossVariance),
            ("trueLoss", result.TrueLoss),
            ("trueLossVariance", result.TrueLossVariance),
        ];
        foreach ((string key, double? number) in numbers.Where(n => n.Number is not null))
        {
            document[key] = number;
        }

        if (!result.Metrics.IsEmpty)
        {
            document["metrics"] = Node(result.Metrics);
        }

        if (!result.Extra.IsEmpty)
        {
            document["extra"] = Node(result.Extra);
        }

        if (result.Note is { } note)
        {
            document["note"] = note;
        }
    }

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, StudyJson.Options);
}
