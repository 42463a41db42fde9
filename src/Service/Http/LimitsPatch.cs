using System.Text.Json;
using FunctionTune.Json;
using FunctionTune.Studies;

namespace FunctionTune.Service.Http;

/// <summary>New limits of a study, under the keys of a study file.</summary>
internal static class LimitsPatch
{
    /// <summary>The limits that a body names.</summary>
    /// <exception cref="ApiException">Something is wrong with them, or there are none.</exception>
    public static LimitsChange Read(JsonElement body)
    {
        var problems = new List<Problem>();
        var fields = new JsonFields(body, "$", problems);
        bool auto = fields.Any("parallelism") is { ValueKind: JsonValueKind.String } text && text.ValueEquals("auto");
        int? parallelism = auto ? null : fields.Int("parallelism", 1);
        var change = new LimitsChange
        {
            MaxEvals = fields.Int("maxEvals", 1),
            Parallelism = parallelism,
            AutoParallelism =
                auto ? true
                : parallelism is null ? null
                : false,
            Timeout = fields.Duration("timeout"),
            LossThreshold = fields.Number("lossThreshold", _ => true, ""),
            NoProgress = NoProgressIn(fields),
            MaxIdenticalFailures = fields.Int("maxIdenticalFailures", 1),
        };
        fields.RefuseOthers();
        if (problems.Count == 0 && change == new LimitsChange())
        {
            fields.Refuse("", "a change names at least one limit", body, "Write for example {\"maxEvals\": 200}.");
        }

        return problems.Count == 0 ? change : throw ApiException.Invalid([.. problems]);
    }

    private static NoProgress? NoProgressIn(JsonFields fields)
    {
        if (fields.Inside("earlyStop") is not { } rules)
        {
            return null;
        }

        NoProgress? rule = null;
        if (rules.Inside("noProgress") is { } values)
        {
            var defaults = new NoProgress();
            rule = new NoProgress(
                values.Int("iterations", 1) ?? defaults.Iterations,
                values.Number("percent", value => value >= 0, "of at least 0") ?? defaults.Percent
            );
            values.RefuseOthers();
        }

        rules.RefuseOthers();
        return rule;
    }
}
