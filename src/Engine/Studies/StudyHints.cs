using System.Collections.Immutable;
using System.Globalization;
using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Studies;

/// <summary>What the record of a study suggests to change.</summary>
public static class StudyHints
{
    private const int FewestForBounds = 10;
    private const double BestShare = 0.1;
    private const int FewestBest = 3;
    private const double NearBound = 0.02;
    private const int FewestRounds = 5;
    private const double ManyFailed = 0.2;
    private const int FewestFailed = 3;

    /// <summary>
    /// The hints: parameters whose best values (those of the best tenth of the trials, at least three) all lie within 2 % of
    /// the same bound, by logarithm for the logarithmic kinds; a parallelism that leaves fewer than five rounds of learning;
    /// a fifth or more of the trials failed (where all of them did, that is no hint but the result).
    /// </summary>
    /// <param name="study">The study.</param>
    public static ImmutableArray<StudyHint> For(StudyRecord study) =>
        [.. Bounds(study), .. Feedback(study), .. Failures(study)];

    private static IEnumerable<StudyHint> Bounds(StudyRecord study)
    {
        TrialRecord[] best =
        [
            .. study.Trials.Where(trial => trial.State == TrialState.Succeeded).OrderBy(trial => trial.Loss),
        ];
        if (best.Length < FewestForBounds)
        {
            return [];
        }

        int count = Math.Max(FewestBest, (int)Math.Ceiling(best.Length * BestShare));
        return study.Spec.Space.Parameters.Select(p => AtBound(p, best.AsSpan(0, count))).OfType<StudyHint>();
    }

    private static StudyHint? AtBound(SpaceParameter parameter, ReadOnlySpan<TrialRecord> best)
    {
        if (Scale(parameter.Prior) is not var (low, high, isLog))
        {
            return null;
        }

        (int active, int atLow, int atHigh) = (0, 0, 0);
        foreach (TrialRecord trial in best)
        {
            if (!trial.Point.IsActive(parameter.Index))
            {
                continue;
            }

            double value = trial.Point[parameter.Index];
            double place = ((isLog ? Math.Log(value) : value) - low) / (high - low);
            active++;
            atLow += place <= NearBound ? 1 : 0;
            atHigh += place >= 1 - NearBound ? 1 : 0;
        }

        return active < FewestBest || Math.Max(atLow, atHigh) < active
            ? null
            : Describe(parameter.Label, atLow == active, atLow == active ? low : high, isLog, active);
    }

    private static StudyHint Describe(string label, bool isLow, double bound, bool isLog, int count)
    {
        string at = (isLog ? Math.Exp(bound) : bound).ToString("G4", CultureInfo.InvariantCulture);
        string text =
            $"The best {count} values of {label} sit at its {(isLow ? "lower" : "upper")} bound {at}: "
            + $"better ones may lie beyond it, so {(isLow ? "lower" : "raise")} the bound if that makes sense.";
        return new StudyHint(StudyHintKind.AtBound, text, label);
    }

    /// <summary>The bounds on the scale of the search, or null for a kind without bounds or without order.</summary>
    private static (double Low, double High, bool IsLog)? Scale(Distribution prior) =>
        prior switch
        {
            Distribution.Uniform d => (d.Low, d.High, false),
            Distribution.QUniform d => (d.Low, d.High, false),
            Distribution.UniformInt d => (d.Low, d.High, false),
            Distribution.LogUniform d => (d.Low, d.High, true),
            Distribution.QLogUniform d => (d.Low, d.High, true),
            _ => null,
        };

    private static IEnumerable<StudyHint> Feedback(StudyRecord study)
    {
        StudyLimits limits = study.State.Limits;
        bool learns = study.Spec.Algo.Name is not ("rand" or "sobol" or "grid");
        if (learns && limits is { MaxEvals: { } most, Parallelism: > 1 } && most < FewestRounds * limits.Parallelism)
        {
            string text =
                $"With {limits.Parallelism} trials at once and {most} in all, the search sees hardly any result before it ends: "
                + $"lower the parallelism to {Math.Max(1, most / FewestRounds)} or less, or raise maxEvals to "
                + $"{FewestRounds * limits.Parallelism} or more.";
            yield return new StudyHint(StudyHintKind.LittleFeedback, text);
        }
    }

    private static IEnumerable<StudyHint> Failures(StudyRecord study)
    {
        TrialCounts counts = study.State.Counts;
        int failed = counts.Failed + counts.Lost;
        if (counts.Succeeded > 0 && failed >= FewestFailed && failed >= ManyFailed * counts.Completed)
        {
            string text =
                $"{StudyFailures.Summary(study)}. Failed trials are lost effort: narrow the space, or mend the trial.";
            yield return new StudyHint(StudyHintKind.ManyFailures, text);
        }
    }
}
