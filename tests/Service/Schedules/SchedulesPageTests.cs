using System.Text.Json;
using System.Text.RegularExpressions;
using FunctionTune.Service.Schedules;
using FunctionTune.Service.Schedules.Sources;

namespace FunctionTune.Service.Tests.Schedules;

/// <summary>The examples of docs/schedules.md are right, and the page names every verdict and every key of the report.</summary>
public sealed partial class SchedulesPageTests : IDisposable
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "schedules.md"));

    private readonly Night _night = new();

    public static TheoryData<string> Schedules =>
        [.. Blocks().Matches(s_page).Select(match => match.Groups["json"].Value)];

    public static TheoryData<string> Expressions =>
        [.. Crons().Matches(s_page).Select(match => match.Groups["cron"].Value)];

    public void Dispose() => _night.Dispose();

    [Theory]
    [MemberData(nameof(Schedules))]
    public async Task An_example_is_a_schedule(string example)
    {
        _night.Write("studies/diabetes.json", Night.Study().ToJsonString());
        _night.Write("example.json", example);

        Assert.Empty((await ReadAsync()).Problems);
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task An_expression_of_the_table_is_one(string cron)
    {
        _night.Schedule("example", cron);

        Assert.Equal(cron, (await ReadAsync()).Schedule!.Cron.Text);
    }

    [Fact]
    public void Every_verdict_and_every_key_of_the_report_is_told()
    {
        IEnumerable<string> keys = typeof(ScheduleReport)
            .GetProperties()
            .Select(property => property.Name)
            .Concat(Enum.GetNames<ScheduleVerdict>())
            .Except(["EqualityContract"], StringComparer.Ordinal);

        Assert.All(
            keys,
            key => Assert.Contains($"`{JsonNamingPolicy.CamelCase.ConvertName(key)}`", s_page, StringComparison.Ordinal)
        );
    }

    private async Task<ScheduleReading> ReadAsync()
    {
        var source = new FolderScheduleSource(Path.GetDirectoryName(_night.PathOf("x"))!);
        return (
            await new ScheduleBook(_night.Host, [source]).ReadAsync(TestContext.Current.CancellationToken)
        ).Single();
    }

    [GeneratedRegex("```json\n(?<json>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex(
        @"^\| `(?<cron>[^`]+ [^`]+ [^`]+ [^`]+ [^`]+ [^`]+)` \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Crons();
}
