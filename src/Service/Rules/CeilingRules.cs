using System.Globalization;
using FunctionTune.Studies;

namespace FunctionTune.Service.Rules;

/// <summary>Ceilings of a host: what a study may cost at most.</summary>
internal static class CeilingRules
{
    public static IEnumerable<Problem> Check(StudySpec spec, HostRules host)
    {
        StudyLimits limits = spec.Limits;
        return
        [
            .. AtMost("$.maxEvals", "trials", limits.MaxEvals, host.MaxEvals, mustBeThere: true),
            .. AtMost("$.parallelism", "trials at once", limits.Parallelism, host.Parallelism),
            .. AtMost("$.maxAttempts", "attempts at a trial", limits.MaxAttempts, host.MaxAttempts),
            .. CheckTime(spec.Trial, host),
        ];
    }

    public static IEnumerable<Problem> Check(LimitsChange change, HostRules host) =>
        [
            .. AtMost("$.maxEvals", "trials", change.MaxEvals, host.MaxEvals),
            .. AtMost("$.parallelism", "trials at once", change.Parallelism, host.Parallelism),
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
