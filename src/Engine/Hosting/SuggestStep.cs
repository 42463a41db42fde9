using System.Collections.Immutable;
using FunctionTune.Spaces;
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
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(record);
        ImmutableArray<SuggestedTrial> trials = Trials(command, record, suggester, inFull: false);
        return new StudyEvent.Suggested(at, record.Version, trials, Exhausted: trials.Length < command.Count);
    }

    /// <summary>The trials of the answer.</summary>
    /// <param name="command">The request.</param>
    /// <param name="record">The study as far as it may be seen.</param>
    /// <param name="suggester">The study's algorithm.</param>
    /// <param name="inFull">Whether to give all reasons, also those that the log does not keep.</param>
    internal static ImmutableArray<SuggestedTrial> Trials(
        StudyCommand.Suggest command,
        StudyRecord record,
        ISuggester suggester,
        bool inFull
    )
    {
        StudySpec spec = record.Spec;
        int given = Math.Clamp(spec.PointsToEvaluate.Length - command.First, 0, command.Count);
        IEnumerable<SuggestedTrial> points = spec
            .PointsToEvaluate.Skip(command.First)
            .Take(given)
            .Select((point, i) => new SuggestedTrial(command.First + i, spec.Space.ToLabels(point), Given));
        return given == command.Count
            ? [.. points]
            : [.. points, .. Suggested(record, suggester, command.First + given, command.Count - given, inFull)];
    }

    /// <summary>What a suggester is asked, from the study as it stands: the log up to here says all of it.</summary>
    private static SuggestRequest RequestOf(StudyRecord record, int first, int count, bool explain) =>
        new(record.History, first, count, unchecked((ulong)record.Spec.Seed))
        {
            MaxEvals = record.State.Limits.MaxEvals,
            Parallelism = record.State.Slots,
            Explain = explain,
        };

    private static IEnumerable<SuggestedTrial> Suggested(
        StudyRecord record,
        ISuggester suggester,
        int first,
        int count,
        bool inFull
    )
    {
        bool explain = inFull || record.Spec.Explain;
        string before = first > 0 && first <= record.Trials.Count ? record.Trials[first - 1].Source : Given;
        foreach ((int i, Suggestion suggestion) in suggester.Suggest(RequestOf(record, first, count, explain)).Index())
        {
            string source = suggestion.Source ?? record.Spec.Algo.Name;
            // What is said again with every trial would fill the log and tell nobody anything.
            bool isNew = !string.Equals(source, before, StringComparison.Ordinal);
            before = source;
            yield return new SuggestedTrial(
                first + i,
                record.Spec.Space.ToLabels(Checked(suggestion.Point, record.Spec, first + i, isWanted: i < count)),
                source,
                isNew || inFull ? suggestion.Reason : null,
                explain ? suggestion.Why : null
            );
        }
    }

    /// <summary>A point that is not one of the space would make a log that nobody can read.</summary>
    private static Point Checked(Point point, StudySpec spec, int trial, bool isWanted) =>
        !isWanted
            ? throw new FunctionTuneException($"Algorithm '{spec.Algo.Name}' gave more points than it was asked for.")
        : spec.Space.Contains(point) ? point
        : throw new FunctionTuneException(
            $"Algorithm '{spec.Algo.Name}' gave trial {trial} a point that is none of the space: {string.Join(", ", point.Values)}.",
            "A point has a possible value for every active parameter, and NaN for the others."
        );
}
