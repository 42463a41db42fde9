namespace FunctionTune.Studies;

/// <summary>
/// What users, clocks and hosts say about the course of a study. Such events carry no number that would tell a repetition, and
/// a host that dies between writing one down and forgetting it writes it again: the latest ones are remembered.
/// </summary>
internal static class Steering
{
    private const int Remembered = 32;

    public static StudyState Apply(StudyState state, StudyEvent fact)
    {
        if (state.Steered.Contains(fact))
        {
            return state;
        }

        StudyState next = fact switch
        {
            StudyEvent.Paused => Turn(state, StudyStatus.Running, StudyStatus.Paused),
            StudyEvent.Resumed e => Resume(state, e.At),
            StudyEvent.CancelRequested => StudyReducer.Stop(state, StopReason.Cancelled),
            StudyEvent.LimitsChanged e => LimitsChanging.Apply(state, e),
            StudyEvent.TimeLimitReached e when e.Deadline == state.Deadline => StudyReducer.Stop(
                state,
                StopReason.Timeout
            ),
            StudyEvent.HostReturned e => Return(state, e),
            _ => state,
        };
        int surplus = Math.Max(0, state.Steered.Length + 1 - Remembered);
        return next with { Steered = state.Steered.RemoveRange(0, surplus).Add(fact) };
    }

    private static StudyState Turn(StudyState state, StudyStatus from, StudyStatus to) =>
        state.Status == from ? state with { Status = to } : state;

    // What was set up wrong may have been put right: resumed, such a study goes on, its time moved on by its rest.
    private static StudyState Resume(StudyState state, DateTimeOffset now) =>
        state.Reason == StopReason.Misconfigured
            ? state with
            {
                Status = StudyStatus.Running,
                Reason = null,
                Deadline = state.Deadline + LimitsChanging.TimeOver(state, now),
            }
            : Turn(state, StudyStatus.Paused, StudyStatus.Running);

    private static StudyState Return(StudyState state, StudyEvent.HostReturned fact) =>
        state.Deadline is { } deadline && fact.At > fact.AwaySince && !state.IsOver
            ? state with
            {
                Deadline = deadline + (fact.At - fact.AwaySince),
            }
            : state;
}
