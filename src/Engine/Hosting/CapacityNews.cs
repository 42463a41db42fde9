using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>When a host measures what can be carried, and when what it measured is worth a line of the log.</summary>
public static class CapacityNews
{
    /// <summary>How often a host measures: clusters grow and shrink while a study runs.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Whether a study has use for the capacity: it may still start something.</summary>
    /// <param name="state">The study.</param>
    public static bool IsOfUse(StudyState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Status is StudyStatus.Running or StudyStatus.Paused;
    }

    /// <summary>What the study has to know of a measurement; null when it knows it.</summary>
    /// <param name="state">The study.</param>
    /// <param name="measured">What was measured; null when the runner does not know.</param>
    /// <param name="at">When.</param>
    public static StudyEvent.CapacityMeasured? Of(StudyState state, RunnerCapacity? measured, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(state);
        return measured is not null && IsNews(state, measured)
            ? new StudyEvent.CapacityMeasured(at, measured.Slots, measured.Why, measured.Ceiling)
            : null;
    }

    private static bool IsNews(StudyState state, RunnerCapacity now) =>
        state.Capacity is { } known
            ? (known.Slots, known.Ceiling, known.Why) != (now.Slots, now.Ceiling, now.Why)
            : state.Limits.AutoParallelism || now.Ceiling is not null;
}
