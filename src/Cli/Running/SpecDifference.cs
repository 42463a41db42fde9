using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Running;

/// <summary>How a study file differs from the study that was made of it.</summary>
internal static class SpecDifference
{
    /// <summary>The keys in which two descriptions differ, but for limits, which may change while a study goes on.</summary>
    public static ImmutableArray<string> Keys(StudySpec left, StudySpec right)
    {
        (JsonObject a, JsonObject b) = (Fixed(left), Fixed(right));
        return
        [
            .. a.Select(member => member.Key)
                .Union(b.Select(member => member.Key), StringComparer.Ordinal)
                .Where(key => !JsonNode.DeepEquals(a[key], b[key])),
        ];
    }

    /// <summary>What makes the limits of a study those that are wanted; null when they are so already.</summary>
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

    // What the data hold is compared when the study runs; here it matters where they lie.
    private static JsonObject Fixed(StudySpec spec) =>
        StudySpecJson.Write(
            spec with
            {
                Limits = new StudyLimits(),
                Data = spec.Data.SetItems(
                    spec.Data.Select(d => KeyValuePair.Create(d.Key, Place(d.Value, spec.BaseFolder)))
                ),
            }
        );

    private static DataReference Place(DataReference data, string? folder) =>
        new(
            folder is null || data.Uri.Contains("://", StringComparison.Ordinal)
                ? data.Uri
                : Path.GetFullPath(data.Uri, folder)
        );
}
