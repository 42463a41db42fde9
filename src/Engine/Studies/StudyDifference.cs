using System.Text.Json.Nodes;
using FunctionTune.Spaces;

namespace FunctionTune.Studies;

/// <summary>What tells two descriptions of a study apart.</summary>
public static class StudyDifference
{
    /// <summary>
    /// The first part in which two descriptions differ such that one is no continuation of the other, in words; null when
    /// one is. Limits, seeds and names may differ.
    /// </summary>
    /// <param name="known">The description that the study has.</param>
    /// <param name="wanted">The description that somebody wants to go on with.</param>
    public static string? Between(StudySpec known, StudySpec wanted)
    {
        if (!JsonNode.DeepEquals(SpaceJson.Write(known.Space), SpaceJson.Write(wanted.Space)))
        {
            return "space";
        }

        return known.Trial.GetType() == wanted.Trial.GetType() ? null : "kind of trial";
    }

    /// <summary>The change that brings a study's limits to <paramref name="wanted"/>; null when there is nothing to change.</summary>
    /// <param name="known">The study.</param>
    /// <param name="wanted">The limits to have.</param>
    public static LimitsChange? NewLimits(StudyRecord known, StudyLimits wanted)
    {
        StudyLimits limits = known.State.Limits;
        var change = new LimitsChange
        {
            MaxEvals = wanted.MaxEvals != limits.MaxEvals ? wanted.MaxEvals : null,
            Parallelism = wanted.Parallelism != limits.Parallelism ? wanted.Parallelism : null,
            Timeout = wanted.Timeout != limits.Timeout ? wanted.Timeout : null,
            LossThreshold = wanted.LossThreshold != limits.LossThreshold ? wanted.LossThreshold : null,
            NoProgress = wanted.NoProgress != limits.NoProgress ? wanted.NoProgress : null,
            MaxIdenticalFailures =
                wanted.MaxIdenticalFailures != limits.MaxIdenticalFailures ? wanted.MaxIdenticalFailures : null,
        };
        return change == new LimitsChange() ? null : change;
    }
}
