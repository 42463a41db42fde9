namespace FunctionTune.Studies;

/// <summary>What new limits do to a study.</summary>
internal static class LimitsChanging
{
    public static StudyState Apply(StudyState state, StudyEvent.LimitsChanged fact)
    {
        LimitsChange change = fact.Change;
        StudyLimits old = state.Limits;
        StudyState next = state with
        {
            Limits = old with
            {
                MaxEvals = change.MaxEvals ?? old.MaxEvals,
                Parallelism = change.Parallelism ?? old.Parallelism,
                AutoParallelism = change.AutoParallelism ?? old.AutoParallelism,
                Timeout = change.Timeout ?? old.Timeout,
                LossThreshold = change.LossThreshold ?? old.LossThreshold,
                NoProgress = change.NoProgress ?? old.NoProgress,
                MaxIdenticalFailures = change.MaxIdenticalFailures ?? old.MaxIdenticalFailures,
            },
            Deadline = change.Timeout is { } timeout ? fact.At + timeout : state.Deadline,
            Progress = change.NoProgress is null ? state.Progress : new ProgressWatch(),
            Failures = change.MaxIdenticalFailures is null ? state.Failures : new FailureStreak(),
        };
        return state.Reason is { } reason && Lifts(next, change, reason)
            ? next with
            {
                Status = StudyStatus.Running,
                Reason = null,
                Deadline = change.Timeout is null ? next.Deadline + TimeOver(state, fact.At) : next.Deadline,
            }
            : next;
    }

    public static TimeSpan TimeOver(StudyState state, DateTimeOffset now) =>
        state.IsOver && state.EndedAt < now ? now - state.EndedAt.Value : TimeSpan.Zero;

    // Only the limit that ended the study can be lifted to let it go on; a cancelled study stays so.
    private static bool Lifts(StudyState next, LimitsChange change, StopReason reason) =>
        reason switch
        {
            StopReason.MaxEvals => change.MaxEvals > next.NextTrial,
            StopReason.Timeout => change.Timeout is not null,
            StopReason.LossThreshold => change.LossThreshold <= next.Best?.Loss,
            StopReason.EarlyStop => change.NoProgress is not null,
            StopReason.IdenticalFailures => change.MaxIdenticalFailures is not null,
            StopReason.Cancelled or StopReason.SpaceExhausted or StopReason.Misconfigured => false,
            _ => false,
        };
}
