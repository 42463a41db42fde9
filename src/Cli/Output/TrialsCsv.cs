using System.Globalization;
using System.Text.Json.Nodes;
using FunctionTune.History;
using FunctionTune.Service.Views;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Output;

/// <summary>Trials as comma-separated values (RFC 4180), a column for each parameter and each metric.</summary>
internal static class TrialsCsv
{
    private static readonly string[] Fixed =
    [
        "number",
        "state",
        "loss",
        "loss_variance",
        "true_loss",
        "attempts",
        "source",
        "started",
        "ended",
        "seconds",
        "failure_kind",
        "failure",
    ];

    public static void Write(TextWriter output, StudyRecord study)
    {
        string[] labels = [.. study.Spec.Space.Parameters.Select(parameter => parameter.Label)];
        string[] metrics =
        [
            .. study.Trials.SelectMany(MetricNames).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        WriteLine(output, [.. Fixed, .. labels, .. metrics.Select(metric => $"metrics.{metric}")]);
        foreach (TrialRecord trial in study.Trials)
        {
            JsonObject values = study.Spec.Space.Values(trial.Point);
            TrialResult? result = (trial.Outcome as TrialOutcome.Succeeded)?.Result;
            WriteLine(
                output,
                [
                    .. FixedCells(trial, result),
                    .. labels.Select(label =>
                        values.TryGetPropertyValue(label, out JsonNode? value) ? Cell(value) : ""
                    ),
                    .. metrics.Select(metric =>
                        Number(result?.Metrics.TryGetValue(metric, out double m) == true ? m : null)
                    ),
                ]
            );
        }
    }

    private static IEnumerable<string> FixedCells(TrialRecord trial, TrialResult? result) =>
        [
            trial.Number.ToString(CultureInfo.InvariantCulture),
            StatusText.Camel(trial.State),
            Number(trial.Loss),
            Number(result?.LossVariance),
            Number(result?.TrueLoss),
            trial.Attempts.ToString(CultureInfo.InvariantCulture),
            trial.Source,
            Time(trial.StartedAt),
            Time(trial.EndedAt),
            Number(trial.Duration?.TotalSeconds),
            TrialCause.Kind(trial) ?? "",
            TrialCause.Message(trial) ?? "",
        ];

    private static IEnumerable<string> MetricNames(TrialRecord trial) =>
        trial.Outcome is TrialOutcome.Succeeded { Result.Metrics: var metrics } ? metrics.Keys : [];

    // An option that is a structure is known by the constant text in it; the numbers in it have columns of their own.
    private static string Cell(JsonNode? value) =>
        value is JsonArray ? value.ToJsonString() : ParameterText.Value(value, NumberText.Full);

    private static string Number(double? value) => value is { } number ? NumberText.Full(number) : "";

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";

    private static void WriteLine(TextWriter output, IEnumerable<string> cells)
    {
        output.Write(string.Join(',', cells.Select(Quote)));
        output.Write("\r\n");
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
