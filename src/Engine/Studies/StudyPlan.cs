using System.Collections.Immutable;

namespace FunctionTune.Studies;

/// <summary>
/// What a state calls for, as a pure function of it: every request that ought to be under way. A host makes those that are
/// not under way yet; after a crash the fold of the log calls for exactly what was left undone.
/// </summary>
public static class StudyPlan
{
    /// <summary>Every request that ought to be under way in <paramref name="state"/>.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Requests with different keys, in the order in which they should be made.</returns>
    public static ImmutableArray<StudyCommand> For(StudyState state)
    {
        if (!state.IsCreated || state.IsOver)
        {
            return [];
        }

        var plan = ImmutableArray.CreateBuilder<StudyCommand>();
        plan.AddRange(state.Live.Select(t => new StudyCommand.Watch(t.Key, t.Value.Attempt, t.Value.Handle)));
        switch (state.Status)
        {
            case StudyStatus.Stopping when state.Live.IsEmpty:
                return [new StudyCommand.End(state.Reason!.Value)];
            case StudyStatus.Stopping when StopsTrials(state.Reason):
                plan.AddRange(state.Live.Select(t => new StudyCommand.Stop(t.Key, t.Value.Attempt, t.Value.Handle)));
                return plan.ToImmutable();
            case StudyStatus.Running:
                AddWork(plan, state);
                break;
            default:
                break;
        }

        if (state.Deadline is { } deadline)
        {
            plan.Add(new StudyCommand.Wake(deadline));
        }

        return plan.ToImmutable();
    }

    /// <summary>Whether an attempt that was called for is still to be started: the study may have changed its mind meanwhile.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="trial">The trial's number.</param>
    /// <param name="attempt">The attempt.</param>
    public static bool StillStarts(StudyState state, int trial, int attempt) =>
        For(state).OfType<StudyCommand.Start>().Any(start => start.Trial == trial && start.Attempt == attempt);

    /// <summary>Whether a study that stops for <paramref name="reason"/> stops its trials too, or waits for them.</summary>
    internal static bool StopsTrials(StopReason? reason) =>
        reason
            is StopReason.Timeout
                or StopReason.EarlyStop
                or StopReason.IdenticalFailures
                or StopReason.Cancelled
                or StopReason.Misconfigured;

    private static void AddWork(ImmutableArray<StudyCommand>.Builder plan, StudyState state)
    {
        int completed = state.Counts.Completed;
        if (state.Limits.CustomStopRule && state.StopRuleAskedAfter < completed)
        {
            // Nothing new before the verdict, so that the study stops at the same trial whenever it is played again.
            plan.Add(new StudyCommand.AskStopRule(state.StopRuleAskedAfter + 1, state.StopRuleState));
            return;
        }

        int free = Math.Max(0, state.Slots - state.Live.Count);
        int allowed = state.Limits.MaxEvals ?? int.MaxValue;
        // Suggested ahead of a limit that was lowered since: such a trial is started again, but not for the first time.
        var waiting = state.Waiting.Where(t => t.Key < allowed || t.Value.Attempt > 1).Take(free).ToList();
        plan.AddRange(waiting.Select(t => new StudyCommand.Start(t.Key, t.Value.Attempt, t.Value.NotBefore)));
        int left = state.Exhausted ? 0 : allowed - state.NextTrial;
        if (left <= 0 && waiting.Count == 0 && state.Live.IsEmpty)
        {
            plan.Add(new StudyCommand.End(state.Exhausted ? StopReason.SpaceExhausted : StopReason.MaxEvals));
        }
        else if (left > 0 && free > state.Waiting.Count)
        {
            int wanted = Math.Max(free, state.Limits.MaxQueueLen) - state.Waiting.Count;
            plan.Add(new StudyCommand.Suggest(state.NextTrial, Math.Min(wanted, left)));
        }
    }
}
