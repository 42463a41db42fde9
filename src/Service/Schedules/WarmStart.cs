using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Spaces;
using FunctionTune.Studies;

namespace FunctionTune.Service.Schedules;

/// <summary>The study of an occurrence: the schedule's study file, begun from what the study before found.</summary>
internal static class WarmStart
{
    /// <summary>The study file of an occurrence.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="occurrence">The occurrence.</param>
    /// <param name="previous">The study before; null when there is none, or none is wanted.</param>
    public static JsonElement Study(Schedule schedule, DateTimeOffset occurrence, StudyRecord? previous)
    {
        SearchSpace space = schedule.Spec.Space;
        ImmutableArray<Point> best = previous is null ? [] : Best(previous, space, schedule.WarmStart);
        JsonObject file = JsonObject.Create(schedule.Study)!;
        file["name"] ??= schedule.Name;
        // Else all studies of the schedule would draw the same points.
        file["seed"] ??= occurrence.ToUnixTimeSeconds();
        if (!best.IsEmpty)
        {
            IEnumerable<Point> points = best.Concat(schedule.Spec.PointsToEvaluate).Distinct();
            file["pointsToEvaluate"] = new JsonArray([.. points.Select(space.Evaluate)]);
        }

        StudySpec spec = schedule.Spec with { Origin = Origin(schedule, occurrence, previous, best) };
        file["origin"] = StudySpecJson.Write(spec)["origin"]!.DeepClone();
        return JsonSerializer.SerializeToElement(file, StudyJson.Options);
    }

    private static StudyOrigin Origin(
        Schedule schedule,
        DateTimeOffset occurrence,
        StudyRecord? previous,
        ImmutableArray<Point> best
    )
    {
        SearchSpace space = schedule.Spec.Space;
        StudyChampion? champion = previous?.Best is { Loss: { } loss } trial
            ? new StudyChampion(
                trial.Number,
                loss,
                Translate(previous, trial, space) is { } point && best.Contains(point)
            )
            : null;
        return new StudyOrigin(schedule.Name, occurrence)
        {
            Previous = previous?.Id,
            Champion = champion,
            Points = best.Length,
        };
    }

    /// <summary>The best distinct points of a study that lie in a space, best first.</summary>
    private static ImmutableArray<Point> Best(StudyRecord study, SearchSpace space, int count) =>
        [
            .. study
                .Trials.Where(trial => trial.Loss is not null)
                .OrderBy(trial => trial.Loss!.Value)
                .ThenBy(trial => trial.Number)
                .Select(trial => Translate(study, trial, space))
                .OfType<Point>()
                .Distinct()
                .Take(count),
        ];

    /// <summary>The point of a trial in another space, by the values that the trial received; null when it has no place there.</summary>
    private static Point? Translate(StudyRecord study, TrialRecord trial, SearchSpace space) =>
        space.Match(
            JsonSerializer.SerializeToElement(study.Spec.Space.Evaluate(trial.Point), StudyJson.Options),
            "$",
            []
        );
}
