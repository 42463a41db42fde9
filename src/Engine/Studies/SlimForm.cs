using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;

namespace FunctionTune.Studies;

/// <summary>
/// A study without what decisions about it do not need: points, handles, texts. A host that carries facts over a wire, or keeps
/// them in a history, carries these. The fold agrees: <c>Reduce(Of(state), Of(fact))</c> is <c>Of(Reduce(state, fact))</c>, and
/// both states call for the same.
/// </summary>
public static class SlimForm
{
    private static readonly JsonElement s_handle = JsonSerializer.SerializeToElement(new { });

    private static readonly ImmutableSortedDictionary<string, double> s_point = ImmutableSortedDictionary.Create<
        string,
        double
    >(StringComparer.Ordinal);

    /// <summary>An event without what a state does not depend on; null when no state depends on it.</summary>
    /// <param name="fact">The event.</param>
    public static StudyEvent? Of(StudyEvent fact) =>
        fact switch
        {
            StudyEvent.Reported => null,
            StudyEvent.Suggested e => e with
            {
                Trials = [.. e.Trials.Select(trial => new SuggestedTrial(trial.Number, s_point, ""))],
            },
            StudyEvent.Started e => e with { Handle = s_handle },
            StudyEvent.Finished e => e with { Outcome = Of(e.Outcome) },
            _ => fact,
        };

    /// <summary>A state without the runners' handles.</summary>
    /// <param name="state">The state.</param>
    public static StudyState Of(StudyState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with
        {
            Live = state.Live.ToImmutableSortedDictionary(t => t.Key, t => t.Value with { Handle = s_handle }),
        };
    }

    private static TrialOutcome Of(TrialOutcome outcome) =>
        outcome switch
        {
            TrialOutcome.Succeeded e => new TrialOutcome.Succeeded(e.Result.Loss),
            TrialOutcome.Failed e => new TrialOutcome.Failed(e.Kind, FailureStreak.ShortMessage(e)),
            TrialOutcome.Cancelled => new TrialOutcome.Cancelled(""),
            TrialOutcome.Lost e => e with { Message = "" },
            TrialOutcome.Deferred e => e with { Message = "" },
            _ => outcome,
        };
}
