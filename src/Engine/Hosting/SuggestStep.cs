using System.Collections.Immutable;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Hosting;

/// <summary>Answers the command <see cref="StudyCommand.Suggest"/>: the same on every host.</summary>
public static class SuggestStep
{
    /// <summary>The source of points that the user gave.</summary>
    public const string Given = "given";

    /// <summary>The new trials: first the points that the user gave, then what the suggester says.</summary>
    /// <param name="command">The request.</param>
    /// <param name="record">The study as far as it may be seen.</param>
    /// <param name="suggester">The study's algorithm.</param>
    /// <param name="at">The time of the answer.</param>
    public static StudyEvent.Suggested Answer(
        StudyCommand.Suggest command,
        StudyRecord record,
        ISuggester suggester,
        DateTimeOffset at
    )
    {
        StudySpec spec = record.Spec;
        int given = Math.Clamp(spec.PointsToEvaluate.Length - command.First, 0, command.Count);
        int first = command.First + given;
        int count = command.Count - given;
        IEnumerable<SuggestedTrial> points = spec
            .PointsToEvaluate.Skip(command.First)
            .Take(given)
            .Select((point, i) => new SuggestedTrial(command.First + i, spec.Space.ToLabels(point), Given));
        ImmutableArray<SuggestedTrial> all =
        [
            .. points,
            .. count > 0 ? Suggested(record, suggester.Suggest(RequestOf(record, first, count)), first) : [],
        ];
        return new StudyEvent.Suggested(at, record.Version, all, Exhausted: all.Length < command.Count);
    }

    /// <summary>What a suggester is asked, from the study as it stands: the log up to here says all of it.</summary>
    private static SuggestRequest RequestOf(StudyRecord record, int first, int count) =>
        new(record.History, first, count, unchecked((ulong)record.Spec.Seed))
        {
            MaxEvals = record.State.Limits.MaxEvals,
            Parallelism = record.State.Slots,
            Explain = record.Spec.Explain,
        };

    private static IEnumerable<SuggestedTrial> Suggested(
        StudyRecord record,
        IReadOnlyList<Suggestion> suggestions,
        int first
    )
    {
        string before = first > 0 && first <= record.Trials.Count ? record.Trials[first - 1].Source : Given;
        foreach ((int i, Suggestion suggestion) in suggestions.Index())
        {
            string source = suggestion.Source ?? record.Spec.Algo.Name;
            // What is said again with every trial would fill the log and tell nobody anything.
            bool isNew = !string.Equals(source, before, StringComparison.Ordinal);
            before = source;
            yield return new SuggestedTrial(
                first + i,
                record.Spec.Space.ToLabels(suggestion.Point),
                source,
                isNew ? suggestion.Reason : null,
                record.Spec.Explain ? suggestion.Why : null
            );
        }
    }
}
