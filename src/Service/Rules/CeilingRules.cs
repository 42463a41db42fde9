using System.Globalization;
using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Service.Rules;

/// <summary>Ceilings of a host: what a study may cost at most.</summary>
internal static class CeilingRules
{
    /// <summary>How many trials at once a platform carries at most, unless a study says otherwise under this key.</summary>
    private const int Usual = 128;

    private const string MaxParallelism = "maxParallelism";

    public static IEnumerable<Problem> Check(StudySpec spec, HostRules host)
    {
        StudyLimits limits = spec.Limits;
        return
        [
            .. AtMost("$.maxEvals", "trials", limits.MaxEvals, host.MaxEvals, mustBeThere: true),
            .. AtMost("$.parallelism", "trials at once", limits.Parallelism, host.Parallelism),
            .. AtMost("$.maxAttempts", "attempts at a trial", limits.MaxAttempts, host.MaxAttempts),
            .. limits.AutoParallelism ? CheckAuto(spec.Trial, host) : [],
            .. CheckTime(spec.Trial, host),
        ];
    }

    public static IEnumerable<Problem> Check(LimitsChange change, HostRules host) =>
        [
            .. AtMost("$.maxEvals", "trials", change.MaxEvals, host.MaxEvals),
            .. AtMost("$.parallelism", "trials at once", change.Parallelism, host.Parallelism),
            .. change.AutoParallelism is true ? AtMost("$.parallelism", "trials at once", Usual, host.Parallelism) : [],
        ];

    private static Problem[] AtMost(string path, string what, int? asked, int most, bool mustBeThere = false) =>
        most == int.MaxValue || asked <= most || (asked is null && !mustBeThere)
            ? []
            :
            [
                new Problem(
                    path,
                    string.Create(CultureInfo.InvariantCulture, $"on this host a study has at most {most} {what}"),
                    asked?.ToString(CultureInfo.InvariantCulture) ?? "no limit"
                ),
            ];

    /// <summary>What a cluster carries is not known yet, only what the study lets it carry at most.</summary>
    private static Problem[] CheckAuto(TrialSpec trial, HostRules host)
    {
        if (trial is not TrialSpec.Remote { Options.ValueKind: JsonValueKind.Object } remote)
        {
            return [];
        }

        int asked =
            remote.Options.TryGetProperty(MaxParallelism, out JsonElement most)
            && most.ValueKind == JsonValueKind.Number
            && most.TryGetInt32(out int number)
                ? number
                : Usual;
        const string Hint = "Write a parallelism in place of auto, or maxParallelism within the ceiling.";
        string path = $"$.trial.{remote.Platform}.{MaxParallelism}";
        return
        [
            .. AtMost(path, "trials at once", asked, host.Parallelism).Select(problem => problem with { Hint = Hint }),
        ];
    }

    private static Problem[] CheckTime(TrialSpec trial, HostRules host) =>
        host.TrialTimeout is not { } most || trial.Timeout <= most
            ? []
            :
            [
                new Problem(
                    "$.trial.timeout",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"on this host a trial has a timeout of at most {most:c}"
                    ),
                    trial.Timeout?.ToString("c", CultureInfo.InvariantCulture) ?? "no timeout"
                ),
            ];
}
