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
        StudySpec spec = record.Spec;
        int given = Math.Clamp(spec.PointsToEvaluate.Length - command.First, 0, command.Count);
        int first = command.First + given;
        int count = command.Count - given;
        IReadOnlyList<Point> suggested =
            count > 0
                ? suggester.Suggest(new SuggestRequest(record.History, first, count, unchecked((ulong)spec.Seed)))
                : [];
        IEnumerable<SuggestedTrial> trials = spec
            .PointsToEvaluate.Skip(command.First)
            .Take(given)
            .Select((point, i) => Describe(spec.Space, command.First + i, point, Given))
            .Concat(suggested.Select((point, i) => Describe(spec.Space, first + i, point, spec.Algo.Name)));
        ImmutableArray<SuggestedTrial> all = [.. trials];
        return new StudyEvent.Suggested(at, record.Version, all, Exhausted: all.Length < command.Count);
    }

    private static SuggestedTrial Describe(SearchSpace space, int number, Point point, string source) =>
        new(number, space.ToLabels(point), source);
}
