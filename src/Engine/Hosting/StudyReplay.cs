using System.Collections.Immutable;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Hosting;

/// <summary>
/// Computes the suggestions of a study again from its log. Each says how much of the log its suggester had seen; the fold of that
/// much is the request: what was known of the trials, the limits, the slots. On the same type of machine and version of the runtime
/// the same comes out, to the last bit.
/// </summary>
public static class StudyReplay
{
    /// <summary>Every suggestion that the study accepted, computed again when it is asked for. The log is folded once.</summary>
    /// <param name="log">The whole log.</param>
    /// <param name="suggesters">The algorithms.</param>
    /// <exception cref="InvalidInputException">The study's algorithm is not known.</exception>
    public static IEnumerable<ReplayedSuggestion> Play(IReadOnlyList<StudyEvent> log, Suggesters suggesters)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(suggesters);
        return Play(log, suggesters, Accepted(log), inFull: false);
    }

    /// <summary>
    /// The suggestion that brought a trial, with the reasons of all its trials, whether or not the log keeps them; null when
    /// there is no such trial.
    /// </summary>
    /// <param name="log">The whole log.</param>
    /// <param name="suggesters">The algorithms.</param>
    /// <param name="trial">The trial's number.</param>
    /// <exception cref="InvalidInputException">The study's algorithm is not known.</exception>
    public static ReplayedSuggestion? Explain(IReadOnlyList<StudyEvent> log, Suggesters suggesters, int trial)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(suggesters);
        IEnumerable<Made> its = Accepted(log).Where(made => made.Fact.Trials.Any(t => t.Number == trial)).Take(1);
        return Play(log, suggesters, its, inFull: true).FirstOrDefault();
    }

    private static IEnumerable<ReplayedSuggestion> Play(
        IReadOnlyList<StudyEvent> log,
        Suggesters suggesters,
        IEnumerable<Made> suggestions,
        bool inFull
    )
    {
        var record = new StudyRecord();
        ISuggester? suggester = null;
        foreach (Made made in suggestions.OrderBy(made => made.Seen))
        {
            while (record.Version < made.Seen)
            {
                record.Apply(log[(int)record.Version]);
            }

            suggester ??= suggesters.Create(record.Spec.Algo);
            StudyCommand.Suggest request = Request(made.Fact, record.State);
            ImmutableArray<SuggestedTrial> trials = SuggestStep.Trials(request, record, suggester, inFull);
            yield return new ReplayedSuggestion(made.Fact, trials);
        }
    }

    /// <summary>What was asked for: as many as came, or, when that was all there is, as many as the study called for.</summary>
    private static StudyCommand.Suggest Request(StudyEvent.Suggested fact, StudyState state)
    {
        int first = fact.Trials.IsEmpty ? state.NextTrial : fact.Trials[0].Number;
        int called = StudyPlan
            .For(state)
            .OfType<StudyCommand.Suggest>()
            .Select(command => command.Count)
            .FirstOrDefault();
        return new StudyCommand.Suggest(
            first,
            fact.Exhausted ? Math.Max(called, fact.Trials.Length + 1) : fact.Trials.Length
        );
    }

    /// <summary>The suggestions that changed the study: one that came twice, or too late, is not among them.</summary>
    private static List<Made> Accepted(IReadOnlyList<StudyEvent> log)
    {
        var accepted = new List<Made>();
        StudyState state = StudyState.Empty;
        foreach ((int place, StudyEvent fact) in log.Index())
        {
            StudyState next = StudyReducer.Reduce(state, fact);
            if (fact is StudyEvent.Suggested suggested && !ReferenceEquals(state, next))
            {
                // Nobody has seen what comes after: a log that says so is compared by what there was.
                accepted.Add(new Made(suggested, Math.Clamp(suggested.Seen, 1, place)));
            }

            state = next;
        }

        return accepted;
    }

    private readonly record struct Made(StudyEvent.Suggested Fact, long Seen);
}
