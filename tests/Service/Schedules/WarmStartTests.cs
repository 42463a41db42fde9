using System.Text.Json.Nodes;
using FunctionTune.Service.Schedules;
using FunctionTune.Studies;

namespace FunctionTune.Service.Tests.Schedules;

public sealed class WarmStartTests : IDisposable
{
    private readonly Night _night = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _night.Dispose();

    [Fact]
    public async Task The_best_distinct_points_of_the_study_before_come_first_and_the_champion_leads()
    {
        _night.Schedule("n", "0 0 2 * * *", Given("[3, 4, 9, 3.5, 9, 1, 4]"), 3);
        StudyRecord first = await PlayedAsync("2026-11-21 02:00", 7, Distance(3.6));

        _night.Schedule("n", "0 0 2 * * *", Given("[4, 8]"), 3);
        StudySpec second = (await BegunAsync("2026-11-22 02:00")).Spec;

        Assert.Equal([3.5, 4, 3, 8], Values(second));
        Assert.Equal(50, second.Limits.MaxEvals);
        Assert.Equal(3, second.Origin!.Points);
        Assert.Equal(first.Id, second.Origin.Previous);
        Assert.Equal(new StudyChampion(3, first.State.Best!.Loss, Fits: true), second.Origin.Champion);
    }

    [Fact]
    public async Task The_study_before_is_the_latest_in_which_a_trial_succeeded()
    {
        _night.Schedule("n", "0 0 2 * * *");
        StudyRecord good = await PlayedAsync("2026-11-20 02:00", 3, Distance(5));
        await PlayedAsync("2026-11-21 02:00", 2, _ => null);

        StudyRecord study = await BegunAsync("2026-11-22 02:00");

        Assert.Equal(good.Id, study.Spec.Origin!.Previous);
        Assert.Equal(3, study.Spec.PointsToEvaluate.Length);
    }

    [Fact]
    public async Task Another_schedule_whose_name_begins_alike_is_another_schedule()
    {
        _night.Schedule("n-202611200200", "0 0 2 * * *");
        await PlayedAsync("2026-11-21 02:00", 2, Distance(5));
        File.Delete(_night.PathOf("n-202611200200.json"));
        _night.Schedule("n", "0 0 2 * * *");

        Assert.Null((await BegunAsync("2026-11-22 02:00")).Spec.Origin!.Previous);
    }

    [Fact]
    public async Task Without_a_warm_start_each_study_begins_afresh()
    {
        _night.Schedule("n", "0 0 2 * * *", warmStart: 0);
        await PlayedAsync("2026-11-21 02:00", 2, Distance(5));

        StudyRecord study = await BegunAsync("2026-11-22 02:00");

        Assert.Empty(study.Spec.PointsToEvaluate);
        Assert.Equal(ScheduleVerdict.First, ScheduleReport.Of(study)!.Verdict);
    }

    [Fact]
    public async Task A_space_that_has_changed_takes_what_fits_it()
    {
        _night.Schedule("n", "0 0 2 * * *", Given("[1, 2, 3]"));
        await PlayedAsync("2026-11-21 02:00", 3, Distance(3));
        JsonObject narrow = Night.Study(
            """{ "space": { "x": { "uniform": { "low": 0, "high": 2.5, "label": "y" } } } }"""
        );
        _night.Schedule("n", "0 0 2 * * *", narrow);

        StudyRecord study = await BegunAsync("2026-11-22 02:00");

        Assert.Equal([2.0, 1.0], Values(study.Spec));
        Assert.Equal(new StudyChampion(2, 0, Fits: false), study.Spec.Origin!.Champion);
        ScheduleReport report = ScheduleReport.Of(study)!;
        Assert.Equal(ScheduleVerdict.Unfit, report.Verdict);
        Assert.Contains("trial 2 of sched-n-202611210200, does not lie", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_is_damaged_keeps_no_schedule_from_going_on()
    {
        _night.Schedule("n", "0 0 2 * * *");
        StudyRecord broken = await PlayedAsync("2026-11-21 02:00", 2, Distance(5));
        string log = _night.Host.Area.AddressOf($"studies/{broken.Id}/log/000001.jsonl");
        await File.WriteAllTextAsync(log, "no events\n{}\n", Cancel);
        using FolderHost other = _night.NewHost();
        _night.Clock.Now = Night.Time("2026-11-22 02:00");

        await _night.NewRunner(other).TickAsync(Cancel);

        Assert.Equal([new StudyId("sched-n-202611220200")], other.Begun);
    }

    private static JsonObject Given(string values)
    {
        var points = new JsonArray([
            .. JsonNode.Parse(values)!.AsArray().Select(x => new JsonObject { ["x"] = x!.DeepClone() }),
        ]);
        JsonObject study = Night.Study();
        study["pointsToEvaluate"] = points;
        return study;
    }

    private static Func<JsonNode, double?> Distance(double goal) => p => Math.Abs(p["x"]!.GetValue<double>() - goal);

    private static double[] Values(StudySpec spec) => [.. spec.PointsToEvaluate.Select(point => point[0])];

    private async Task<StudyRecord> BegunAsync(string time) =>
        await _night.Host.ReadAsync(await _night.BeginAsync(time), Cancel);

    private async Task<StudyRecord> PlayedAsync(string time, int trials, Func<JsonNode, double?> objective)
    {
        StudyId id = await _night.BeginAsync(time);
        await _night.Host.PlayAsync(id, trials, objective, Cancel);
        return await _night.Host.EndAsync(id, Cancel);
    }
}
