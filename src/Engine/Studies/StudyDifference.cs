using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FunctionTune.Studies;

/// <summary>How the description that somebody wants differs from the one that a study has.</summary>
public static class StudyDifference
{
    /// <summary>The keys in which two descriptions differ, but for limits, which may change while a study goes on.</summary>
    /// <param name="wanted">The description that somebody wants to go on with.</param>
    /// <param name="known">The description that the study has.</param>
    /// <returns>Keys of the study file; none when the one is a continuation of the other.</returns>
    public static ImmutableArray<string> Keys(StudySpec wanted, StudySpec known)
    {
        (JsonObject a, JsonObject b) = (Fixed(wanted), Fixed(known));
        return
        [
            .. a.Select(member => member.Key)
                .Union(b.Select(member => member.Key), StringComparer.Ordinal)
                .Where(key => !JsonNode.DeepEquals(a[key], b[key])),
        ];
    }

    /// <summary>What makes the limits of a study those that are wanted; null when they are so already.</summary>
    /// <param name="wanted">The limits to have.</param>
    /// <param name="present">The limits that the study has.</param>
    public static LimitsChange? Limits(StudyLimits wanted, StudyLimits present)
    {
        bool sameParallelism =
            wanted.AutoParallelism == present.AutoParallelism
            && (wanted.AutoParallelism || wanted.Parallelism == present.Parallelism);
        var change = new LimitsChange
        {
            MaxEvals = wanted.MaxEvals == present.MaxEvals ? null : wanted.MaxEvals,
            Parallelism = sameParallelism || wanted.AutoParallelism ? null : wanted.Parallelism,
            AutoParallelism = sameParallelism ? null : wanted.AutoParallelism,
            Timeout = wanted.Timeout == present.Timeout ? null : wanted.Timeout,
            LossThreshold = wanted.LossThreshold.Equals(present.LossThreshold) ? null : wanted.LossThreshold,
            NoProgress = wanted.NoProgress == present.NoProgress ? null : wanted.NoProgress,
            MaxIdenticalFailures =
                wanted.MaxIdenticalFailures == present.MaxIdenticalFailures ? null : wanted.MaxIdenticalFailures,
        };
        return change == new LimitsChange() ? null : change;
    }

    private static JsonObject Fixed(StudySpec spec) => StudySpecJson.Write(spec with { Limits = new StudyLimits() });
}
