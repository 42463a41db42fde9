using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Books;

/// <summary>
/// What a log does not know yet. Activities run twice now and then, and side by side: what one of them learned may have been
/// written down by another, or have come too late.
/// </summary>
internal static class Novelty
{
    /// <summary>The events that change something when they are appended in this order.</summary>
    /// <param name="record">The study, its whole log folded.</param>
    /// <param name="facts">What somebody wants to write down.</param>
    public static ImmutableArray<StudyEvent> In(StudyRecord record, IEnumerable<StudyEvent> facts)
    {
        StudyState state = record.State;
        var news = ImmutableArray.CreateBuilder<StudyEvent>();
        foreach (StudyEvent fact in facts)
        {
            StudyState next = StudyReducer.Reduce(state, fact);
            if (!ReferenceEquals(state, next) || (fact is StudyEvent.Reported report && IsNew(record, state, report)))
            {
                news.Add(fact);
            }

            state = next;
        }

        return news.ToImmutable();
    }

    private static bool IsNew(StudyRecord record, StudyState state, StudyEvent.Reported report) =>
        state.Live.TryGetValue(report.Trial, out LiveTrial? live)
        && live.Attempt == report.Attempt
        && !(
            record.Trials[report.Trial] is { } trial
            && trial.Attempts == report.Attempt
            && trial.Values.Holds(new IntermediateValue(report.Step, report.Values))
        );
}
