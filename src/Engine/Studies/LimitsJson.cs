using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Json;

namespace FunctionTune.Studies;

/// <summary>A study's limits in its file.</summary>
internal static class LimitsJson
{
    public static StudyLimits Read(JsonFields fields, bool autoByDefault, List<Problem> problems)
    {
        var defaults = new StudyLimits();
        bool auto = IsAuto(fields) || (autoByDefault && fields.Any("parallelism") is null);
        var limits = new StudyLimits
        {
            MaxEvals = fields.Int("maxEvals", 1),
            Parallelism = auto ? 1 : fields.Int("parallelism", 1) ?? defaults.Parallelism,
            AutoParallelism = auto,
            MaxQueueLen = fields.Int("maxQueueLen", 1) ?? defaults.MaxQueueLen,
            Timeout = fields.Duration("timeout"),
            LossThreshold = fields.Number("lossThreshold", _ => true, ""),
            NoProgress = ReadNoProgress(fields, problems, out bool custom),
            CustomStopRule = custom,
            MaxIdenticalFailures = fields.IsNull("maxIdenticalFailures")
                ? null
                : fields.Int("maxIdenticalFailures", 1) ?? defaults.MaxIdenticalFailures,
            MaxAttempts = fields.Int("maxAttempts", 1) ?? defaults.MaxAttempts,
        };
        fields.Any("maxIdenticalFailures");
        bool bounded =
            limits.MaxEvals is not null
            || limits.Timeout is not null
            || limits.LossThreshold is not null
            || limits.NoProgress is not null
            || limits.CustomStopRule;
        if (!bounded && problems.Count == 0)
        {
            fields.Refuse(
                "maxEvals",
                "a study has an end: one of maxEvals, timeout, lossThreshold and earlyStop is set",
                "none of them",
                "Write for example \"maxEvals\": 100."
            );
        }

        return limits;
    }

    public static void Write(JsonObject file, StudyLimits limits)
    {
        file["maxEvals"] = limits.MaxEvals;
        file["parallelism"] = limits.AutoParallelism ? "auto" : limits.Parallelism;
        file["maxQueueLen"] = limits.MaxQueueLen;
        file["timeout"] = limits.Timeout?.ToString("c", CultureInfo.InvariantCulture);
        file["lossThreshold"] = limits.LossThreshold;
        if (limits.NoProgress is not null || limits.CustomStopRule)
        {
            var rules = new JsonObject();
            if (limits.NoProgress is { } rule)
            {
                rules["noProgress"] = new JsonObject { ["iterations"] = rule.Iterations, ["percent"] = rule.Percent };
            }

            if (limits.CustomStopRule)
            {
                rules["custom"] = true;
            }

            file["earlyStop"] = rules;
        }

        file["maxIdenticalFailures"] = limits.MaxIdenticalFailures;
        file["maxAttempts"] = limits.MaxAttempts;
    }

    private static bool IsAuto(JsonFields fields) =>
        fields.Any("parallelism") is { ValueKind: JsonValueKind.String } text && text.ValueEquals("auto");

    private static NoProgress? ReadNoProgress(JsonFields fields, List<Problem> problems, out bool custom)
    {
        custom = false;
        if (fields.Any("earlyStop") is not { } element)
        {
            return null;
        }

        var rules = new JsonFields(element, fields.PathOf("earlyStop"), problems);
        custom = rules.Any("custom") is { ValueKind: JsonValueKind.True };
        NoProgress? noProgress = null;
        if (rules.Any("noProgress") is { } rule)
        {
            var defaults = new NoProgress();
            var values = new JsonFields(rule, rules.PathOf("noProgress"), problems);
            noProgress = new NoProgress(
                values.Int("iterations", 1) ?? defaults.Iterations,
                values.Number("percent", value => value >= 0, "of at least 0") ?? defaults.Percent
            );
            values.RefuseOthers();
        }

        rules.RefuseOthers();
        return noProgress;
    }
}
