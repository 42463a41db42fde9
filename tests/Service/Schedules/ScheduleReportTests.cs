using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionTune.Service.Schedules;
using FunctionTune.Spaces;
using FunctionTune.Studies;
using FunctionTune.Testing.Studies;

namespace FunctionTune.Service.Tests.Schedules;

public sealed class ScheduleReportTests : IDisposable
{
    private readonly Night _night = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _night.Dispose();

    [Fact]
    public async Task A_champion_that_nothing_beats_is_kept()
    {
        StudyId id = await SecondNightAsync();

        StudyRecord study = await _night.Host.PlayAsync(id, 3, X(x => x == 5 ? 0.4 : 0.9), Cancel);
        ScheduleReport sofar = ScheduleReport.Of(study)!;
        ScheduleReport report = ScheduleReport.Of(await _night.Host.EndAsync(id, Cancel))!;

        Assert.Equal(ScheduleVerdict.Kept, report.Verdict);
        Assert.Equal(
            (0.25, 0.4, 0, 0.4, 0.0),
            (report.ChampionLossThen, report.ChampionLossNow, report.BestTrial, report.BestLoss, report.By)
        );
        Assert.Equal(
            "the champion, trial 1 of sched-n-202611210200, is kept: 0.4 now (its loss was 0.25)",
            report.Text
        );
        Assert.False(sofar.IsFinal);
        Assert.Contains("is kept so far: 0.4 now", sofar.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_champion_that_is_beaten_on_the_data_of_today_is_replaced()
    {
        StudyId id = await SecondNightAsync();

        // Its loss then was lower than the best is now: that was on other data, and counts for nothing.
        await _night.Host.PlayAsync(id, 2, X(x => x == 5 ? 0.5 : 0.375), Cancel);
        ScheduleReport report = ScheduleReport.Of(await _night.Host.EndAsync(id, Cancel))!;

        Assert.Equal(ScheduleVerdict.Replaced, report.Verdict);
        Assert.Equal((1, 0.375, 0.125), (report.BestTrial, report.BestLoss, report.By));
        Assert.Contains(
            "is replaced by trial 1: 0.375 against 0.5 now, better by 0.125",
            report.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_champion_whose_trial_fails_this_time_is_not_judged()
    {
        StudyId id = await SecondNightAsync();
        ScheduleReport before = ScheduleReport.Of(await _night.Host.ReadAsync(id, Cancel))!;

        ScheduleReport report = ScheduleReport.Of(
            await _night.Host.PlayAsync(id, 2, X(x => x == 5 ? null : 0.5), Cancel)
        )!;

        Assert.Equal(ScheduleVerdict.Pending, before.Verdict);
        Assert.Equal(ScheduleVerdict.Unmeasured, report.Verdict);
        Assert.Null(report.By);
        Assert.Contains("its trial failed with: no luck", report.Text, StringComparison.Ordinal);
        Assert.Contains("the best of this study is trial 1 with 0.5", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_that_ends_before_it_measures_the_champion_says_so()
    {
        StudyId id = await SecondNightAsync();

        ScheduleReport report = ScheduleReport.Of(await _night.Host.EndAsync(id, Cancel))!;

        Assert.Equal(ScheduleVerdict.Unmeasured, report.Verdict);
        Assert.Contains("the study ended before", report.Text, StringComparison.Ordinal);
        Assert.Contains("no trial of this study has succeeded", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_before_in_which_nothing_succeeded_has_no_champion()
    {
        _night.Schedule("n", "0 0 2 * * *");
        StudyId first = await _night.BeginAsync("2026-11-21 02:00");
        await _night.Host.PlayAsync(first, 2, _ => null, Cancel);
        await _night.Host.EndAsync(first, Cancel);

        StudyRecord study = await _night.Host.ReadAsync(await _night.BeginAsync("2026-11-22 02:00"), Cancel);

        Assert.Equal(ScheduleVerdict.NoChampion, ScheduleReport.Of(study)!.Verdict);
        Assert.Equal("no champion: no trial of sched-n-202611210200 succeeded", ScheduleReport.Of(study)!.Text);
    }

    [Fact]
    public async Task The_report_is_JSON_with_plain_words()
    {
        StudyRecord study = await _night.Host.PlayAsync(await SecondNightAsync(), 1, X(_ => 0.5), Cancel);

        JsonNode report = JsonSerializer.SerializeToNode(ScheduleReport.Of(study), StudyJson.Options)!;

        Assert.Equal("kept", report["verdict"]!.GetValue<string>());
        Assert.Equal("sched-n-202611210200", report["previous"]!.GetValue<string>());
        Assert.Null(
            ScheduleReport.Of(new SampleStudy(new SpaceNode.Number("x", new Distribution.Uniform(0, 1))).Record)
        );
    }

    /// <summary>A study whose champion is x = 5, trial 1, with the loss 0.25; the next point that is tried is x = 4.</summary>
    private async Task<StudyId> SecondNightAsync()
    {
        JsonObject study = Night.Study("""{ "pointsToEvaluate": [{ "x": 4 }, { "x": 5 }] }""");
        _night.Schedule("n", "0 0 2 * * *", study);
        StudyId first = await _night.BeginAsync("2026-11-21 02:00");
        await _night.Host.PlayAsync(first, 2, X(x => x == 5 ? 0.25 : 0.75), Cancel);
        await _night.Host.EndAsync(first, Cancel);
        return await _night.BeginAsync("2026-11-22 02:00");
    }

    private static Func<JsonNode, double?> X(Func<double, double?> objective) =>
        parameters => objective(parameters["x"]!.GetValue<double>());
}
