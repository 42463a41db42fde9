namespace FunctionTune.Studies;

/// <summary>
/// The study's rules as a fold: <c>state' = Reduce(state, event)</c>. Total, deterministic and idempotent: a repeated or late
/// event returns the very same state. What a state calls for is <see cref="StudyPlan"/>.
/// </summary>
public static class StudyReducer
{
    /// <summary>The state after an event; the same object when the event is repeated, late or of no consequence.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="fact">The event.</param>
    public static StudyState Reduce(StudyState state, StudyEvent fact)
    {
        if (!state.IsCreated)
        {
            return fact is StudyEvent.Created created ? Begin(state, created) : state;
        }

        return fact switch
        {
            StudyEvent.Created => state,
            StudyEvent.Suggested e => Suggest(state, e),
            StudyEvent.Started e => Start(state, e),
            StudyEvent.Reported => state,
            StudyEvent.Finished e => TrialEnding.Apply(state, e),
            StudyEvent.StopRuleAnswered e => Answer(state, e),
            StudyEvent.CapacityMeasured e => Measure(state, e),
            StudyEvent.Ended e => End(state, e),
            _ => Steering.Apply(state, fact),
        };
    }

    /// <summary>Ends the starting of trials for <paramref name="reason"/>, unless the study stops or is over already.</summary>
    internal static StudyState Stop(StudyState state, StopReason reason)
    {
        bool stopping = state.Status is StudyStatus.Stopping or StudyStatus.Ended;
        // A softer reason that waits for its trials gives way to one that stops them.
        bool sharper =
            state.Status == StudyStatus.Stopping
            && !StudyPlan.StopsTrials(state.Reason)
            && StudyPlan.StopsTrials(reason);
        return !stopping || sharper ? state with { Status = StudyStatus.Stopping, Reason = reason } : state;
    }

    private static StudyState Begin(StudyState state, StudyEvent.Created fact) =>
        state with
        {
            IsCreated = true,
            Limits = fact.Spec.Limits,
            Deadline = fact.At + fact.Spec.Limits.Timeout,
        };

    private static StudyState Suggest(StudyState state, StudyEvent.Suggested fact)
    {
        var fresh = fact.Trials.Where(t => t.Number >= state.NextTrial).ToList();
        bool stands = fresh.Count > 0 ? fresh[0].Number == state.NextTrial : fact.Exhausted && !state.Exhausted;
        if (!stands || state.IsOver)
        {
            return state;
        }

        return state with
        {
            NextTrial = state.NextTrial + fresh.Count,
            Waiting = state.Waiting.AddRange(fresh.Select(t => KeyValuePair.Create(t.Number, new WaitingTrial(1, 0)))),
            Exhausted = state.Exhausted || fact.Exhausted,
        };
    }

    private static StudyState Start(StudyState state, StudyEvent.Started fact) =>
        state.Waiting.TryGetValue(fact.Trial, out WaitingTrial? waiting) && waiting.Attempt == fact.Attempt
            ? state with
            {
                Waiting = state.Waiting.Remove(fact.Trial),
                Live = state.Live.Add(fact.Trial, new LiveTrial(fact.Attempt, waiting.Losses, fact.Handle)),
            }
            : state;

    private static StudyState Answer(StudyState state, StudyEvent.StopRuleAnswered fact)
    {
        if (fact.After <= state.StopRuleAskedAfter)
        {
            return state;
        }

        StudyState next = state with { StopRuleAskedAfter = fact.After, StopRuleState = fact.State };
        return fact.Stop ? Stop(next, StopReason.EarlyStop) : next;
    }

    private static StudyState Measure(StudyState state, StudyEvent.CapacityMeasured fact) =>
        state.Capacity?.At >= fact.At
            ? state
            : state with
            {
                Capacity = new MeasuredCapacity(
                    fact.At,
                    Math.Max(1, fact.Slots),
                    fact.Why,
                    fact.Ceiling is { } ceiling ? Math.Max(1, ceiling) : null
                ),
            };

    // An end that the state does not call for is late: the limits were raised meanwhile, or a start came through.
    private static StudyState End(StudyState state, StudyEvent.Ended fact) =>
        StudyPlan.For(state).Contains(new StudyCommand.End(fact.Reason))
            ? state with
            {
                Status = StudyStatus.Ended,
                Reason = fact.Reason,
                EndedAt = fact.At,
                Counts = state.Counts with { Cancelled = state.Counts.Cancelled + state.Waiting.Count },
                Waiting = state.Waiting.Clear(),
            }
            : state;
}
