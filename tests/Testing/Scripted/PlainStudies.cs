using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Scripted;

/// <summary>Studies in which every trial succeeds, for sizes and mishaps.</summary>
public static class PlainStudies
{
    /// <summary>A study whose trials take about the same time, a tenth more or less.</summary>
    /// <param name="trials">How many.</param>
    /// <param name="parallelism">How many at once.</param>
    /// <param name="time">How long one takes.</param>
    public static ScriptedStudy Of(int trials, int parallelism, TimeSpan time) =>
        new(
            new StudyLimits
            {
                MaxEvals = trials,
                Parallelism = parallelism,
                MaxIdenticalFailures = null,
            },
            start => new ScriptedCourse(Jittered(time, start.Trial), Loss(start.Trial)),
            []
        );

    private static TrialOutcome.Succeeded Loss(int trial) => new(new TrialResult(1.0 / (trial + 1)));

    private static TimeSpan Jittered(TimeSpan time, int trial)
    {
        double factor = 0.9 + (new Random(trial).NextDouble() / 5);
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Round(time.TotalMilliseconds * factor)));
    }
}
