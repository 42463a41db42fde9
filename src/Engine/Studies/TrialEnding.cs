using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>What the end of an attempt does to a study.</summary>
internal static class TrialEnding
{
    public static StudyState Apply(StudyState state, StudyEvent.Finished fact)
    {
        int losses;
        if (state.Live.TryGetValue(fact.Trial, out LiveTrial? live) && live.Attempt == fact.Attempt)
        {
            losses = live.Losses;
        }
        else if (state.Waiting.TryGetValue(fact.Trial, out WaitingTrial? waiting) && waiting.Attempt == fact.Attempt)
        {
            losses = waiting.Losses;
        }
        else
        {
            return state;
        }

        StudyState rest = state with
        {
            Live = state.Live.Remove(fact.Trial),
            Waiting = state.Waiting.Remove(fact.Trial),
        };
        return fact.Outcome switch
        {
            TrialOutcome.Succeeded e => Succeed(rest, fact.Trial, e.Result.Loss),
            TrialOutcome.Failed e => Fail(rest, e),
            TrialOutcome.Cancelled => rest with { Counts = rest.Counts with { Cancelled = rest.Counts.Cancelled + 1 } },
            TrialOutcome.Interrupted => Again(rest, fact, losses, after: null),
            TrialOutcome.Deferred e => Again(rest, fact, losses, e.RetryAfter),
            TrialOutcome.Lost e => losses + 1 < rest.Limits.MaxAttempts
                ? Again(rest, fact, losses + 1, e.RetryAfter)
                : rest with
                {
                    Counts = rest.Counts with { Lost = rest.Counts.Lost + 1 },
                },
            _ => state,
        };
    }

    private static StudyState Again(StudyState state, StudyEvent.Finished fact, int losses, TimeSpan? after) =>
        state with
        {
            Waiting = state.Waiting.Add(fact.Trial, new WaitingTrial(fact.Attempt + 1, losses, fact.At + after)),
        };

    private static StudyState Succeed(StudyState state, int trial, double loss)
    {
        bool better = state.Best is not { } best || loss < best.Loss || (loss == best.Loss && trial < best.Trial);
        StudyState next = state with
        {
            Counts = state.Counts with { Succeeded = state.Counts.Succeeded + 1 },
            Best = better ? new BestTrial(trial, loss) : state.Best,
            Failures = new FailureStreak(),
        };
        if (state.Limits.NoProgress is { } rule)
        {
            next = next with { Progress = state.Progress.After(rule, loss) };
            if (next.Progress.IsOver(rule, next.Counts.Succeeded))
            {
                next = StudyReducer.Stop(next, StopReason.EarlyStop);
            }
        }

        return next.Best!.Loss < state.Limits.LossThreshold ? StudyReducer.Stop(next, StopReason.LossThreshold) : next;
    }

    private static StudyState Fail(StudyState state, TrialOutcome.Failed outcome)
    {
        StudyState next = state with
        {
            Counts = state.Counts with { Failed = state.Counts.Failed + 1 },
            Failures = state.Failures.After(outcome),
        };
        if (outcome.Kind == FailureKind.Misconfigured)
        {
            return StudyReducer.Stop(next, StopReason.Misconfigured);
        }

        return next.Counts.Succeeded == 0 && next.Failures.Count >= next.Limits.MaxIdenticalFailures
            ? StudyReducer.Stop(next, StopReason.IdenticalFailures)
            : next;
    }
}
