using System.Text;
using FunctionTune.Service.Schedules;
using FunctionTune.Service.Schedules.Sources;
using Microsoft.Extensions.Configuration;

namespace FunctionTune.Service.Tests.Schedules;

public sealed class ScheduleBookTests : IDisposable
{
    private readonly Night _night = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _night.Dispose();

    [Fact]
    public async Task Each_file_of_a_folder_is_a_schedule_and_its_study_may_be_a_file_of_its_own()
    {
        _night.Write("studies/x.json", Night.Study().ToJsonString());
        _night.Write(
            "nightly.json",
            "\uFEFF" + """{ "cron": "0 0 2 * * *", "file": "studies/x.json", "warmStart": 3 }"""
        );
        _night.Schedule("weekly", "0 0 2 * * 0");
        _night.Write("notes.txt", "no schedule");

        ScheduleReading[] readings = await ReadAsync();

        Schedule[] schedules = [.. readings.Select(reading => reading.Schedule!)];
        Assert.Equal(["nightly", "weekly"], schedules.Select(schedule => schedule.Name));
        Assert.Equal([3, 5], schedules.Select(schedule => schedule.WarmStart));
        Assert.Equal(
            [_night.PathOf("studies"), Path.GetDirectoryName(_night.PathOf("x"))],
            schedules.Select(schedule => schedule.Spec.BaseFolder)
        );
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_schedule_and_its_study_is_listed()
    {
        _night.Write(
            "wrong.json",
            """{ "name": "Not so", "corn": "", "warmStart": 101, "enabled": "no", "study": { "space": { "x": { "unifrom": [0, 1] } }, "trial": {} } }"""
        );

        Problem[] problems = [.. (await ReadAsync()).Single().Problems];

        Assert.Equal(
            ["$.corn", "$.cron", "$.enabled", "$.name", "$.study.space.x.unifrom", "$.study.trial", "$.warmStart"],
            problems.Select(problem => problem.Path).Order(StringComparer.Ordinal)
        );
        Assert.Contains(problems, p => p.Path == "$.corn" && p.Hint.Contains("'cron'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "cron": "0 0 2 * * *" }""", "either a file or a study", "neither")]
    [InlineData("""{ "cron": "0 0 2 * * *", "file": "a.json", "study": {} }""", "either a file or a study", "both")]
    [InlineData("""{ "cron": "0 0 2 * * *", "file": "gone.json" }""", "is there", "gone.json")]
    [InlineData("""{ "cron": "0 0 2 * * *", "file": "bad.txt" }""", "bad.txt $.space", "")]
    [InlineData("""{ "cron": "0 0 2 * * *", "file": "no.txt" }""", "JSON", "")]
    [InlineData("""{ "cron": "0 0 2 * * *", "cron": "0 0 3 * * *", "file": "no.txt" }""", "JSON", "cron")]
    [InlineData("""{ "space": { "x": { "uniform": [0, 1] } }, "maxEvals": 3 }""", "looks like a study file", "")]
    [InlineData(
        """{ "cron": "0 0 2 * * *", "study": { "space": { "uniform": [0, 1] }, "maxEvals": 1, "trial": { "simulated": {} } } }""",
        "$.study.trial",
        "this host"
    )]
    [InlineData("""{ "cron": "0 0 2 * * *", "name": "\ud800", "study": {} }""", "JSON", "half")]
    [InlineData("[]", "an object", "")]
    [InlineData("", "JSON", "")]
    public async Task A_schedule_without_a_right_study_is_refused(string schedule, string says, string value)
    {
        _night.Write("bad.txt", "{ \"space\": 1, \"maxEvals\": 1 }");
        _night.Write("no.txt", "no json");
        _night.Write("s.json", schedule);

        ScheduleReading reading = (await ReadAsync()).Single();

        Assert.Null(reading.Schedule);
        Assert.Contains(
            reading.Problems,
            p =>
                p.ToString().Contains(says, StringComparison.Ordinal)
                && p.ToString().Contains(value, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("0-nightly-9", true)]
    [InlineData("a2345678901234567890123456789012345678901234", true)]
    [InlineData("a23456789012345678901234567890123456789012345", false)]
    [InlineData("-a", false)]
    [InlineData("Nightly", false)]
    [InlineData("a_b", false)]
    public async Task A_name_is_short_enough_for_the_ids_of_its_studies(string name, bool isGood)
    {
        _night.Schedule(name, "0 0 2 * * *");

        ScheduleReading reading = (await ReadAsync()).Single();

        Assert.Equal(isGood, reading.Schedule is not null);
        Assert.Equal(isGood ? [] : ["$.name"], reading.Problems.Select(problem => problem.Path));
        Assert.True(!isGood || reading.Schedule!.IdAt(Night.Midnight).ToString().Length <= 63);
    }

    [Fact]
    public async Task Of_two_schedules_of_a_name_the_first_counts()
    {
        _night.Schedule("a", "0 0 2 * * *");
        _night.Write(
            "b.json",
            $$"""{ "name": "a", "cron": "0 0 3 * * *", "study": {{Night.Study().ToJsonString()}} }"""
        );

        ScheduleReading[] readings = await ReadAsync();

        Assert.Equal("0 0 2 * * *", readings[0].Schedule!.Cron.Text);
        Assert.Contains("a.json", Assert.Single(readings[1].Problems).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_holds_schedules_and_their_studies_below_schedules()
    {
        await PutAsync("schedules/nightly.json", """{ "cron": "0 0 2 * * *", "file": "deep/x.json" }""");
        await PutAsync("schedules/out.json", """{ "cron": "0 0 2 * * *", "file": "../secret.json" }""");
        await PutAsync("schedules/deep/x.json", Night.Study().ToJsonString());
        await PutAsync("schedules/readme.md", "no schedule");

        ScheduleReading[] readings = await ReadAsync(Container());

        Assert.Equal(2, readings.Length);
        Assert.Equal("nightly", readings[0].Schedule!.Name);
        Assert.Null(readings[0].Schedule!.Spec.BaseFolder);
        Assert.Contains("'../secret.json'", readings[1].Problems.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_of_an_app_hold_schedules_by_name()
    {
        await PutAsync("schedules/deep/x.json", Night.Study().ToJsonString());
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("FunctionTune:Schedules:nightly", """{ "cron": "0 0 2 * * *", "file": "deep/x.json" }"""),
                new("FunctionTune:Schedules:wrong", "0 0 2 * * *"),
                new("FunctionTune:Store", "elsewhere"),
            ])
            .Build()
            .GetSection(SettingsScheduleSource.Section);

        ScheduleReading[] readings = await ReadAsync(new SettingsScheduleSource(settings, Container()));

        Assert.Equal("nightly", readings[0].Schedule!.Name);
        Assert.Equal("FunctionTune__Schedules__wrong", Assert.Single(readings[1].Problems).Path);
        Assert.Equal(2, readings.Length);
    }

    [Fact]
    public async Task A_place_that_cannot_be_read_disturbs_no_other()
    {
        _night.Schedule("nightly", "0 0 2 * * *");
        _night.Write("file", "no folder");
        // A name that leads through a file is nothing that can be opened.
        _night.Write("broken.json", """{ "cron": "0 0 2 * * *", "file": "file/study.json" }""");
        File.CreateSymbolicLink(_night.PathOf("gone.json"), _night.PathOf("nowhere"));

        ScheduleReading[] readings = await ReadAsync();

        Assert.Equal(["nightly"], readings.Select(reading => reading.Schedule?.Name).OfType<string>());
    }

    private AreaScheduleSource Container() => new(_night.Host.Area, _night.Host.Names);

    private Task<bool> PutAsync(string path, string text) =>
        _night.Host.Area.CreateAsync(path, Encoding.UTF8.GetBytes(text), Cancel);

    private async Task<ScheduleReading[]> ReadAsync(params IScheduleSource[] sources) =>
        [
            .. await new ScheduleBook(
                _night.Host,
                sources.Length > 0 ? sources : [new FolderScheduleSource(Path.GetDirectoryName(_night.PathOf("x"))!)]
            ).ReadAsync(Cancel),
        ];
}
