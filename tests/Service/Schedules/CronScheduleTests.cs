using System.Globalization;
using System.Text.Json;
using FunctionTune.Json;
using FunctionTune.Service.Schedules;

namespace FunctionTune.Service.Tests.Schedules;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 0 2 * * *", "2026-11-21 08:00", "2026-11-22 02:00")]
    [InlineData("30 15 * * * *", "2026-11-21 08:15", "2026-11-21 08:15:30")]
    [InlineData("0 */20 8-9 * * *", "2026-11-21 09:40", "2026-11-22 08:00")]
    [InlineData("0 0 0,12 * * *", "2026-11-21 00:00", "2026-11-21 12:00")]
    [InlineData("0 0 6 * JAN-MAR MON-FRI", "2026-11-21 08:00", "2027-01-01 06:00")]
    [InlineData("0 0 6 * * sun", "2026-11-21 08:00", "2026-11-22 06:00")]
    [InlineData("0 0 6 * * 0", "2026-11-21 08:00", "2026-11-22 06:00")]
    [InlineData("0 0 0 29 FEB *", "2026-11-21 08:00", "2028-02-29 00:00")]
    [InlineData("0 0 0 31 * *", "2026-11-21 08:00", "2026-12-31 00:00")]
    [InlineData("0 0 0 13 * FRI", "2026-11-21 08:00", "2027-08-13 00:00")]
    [InlineData("  0\t0  2 * *  * ", "2026-11-21 08:00", "2026-11-22 02:00")]
    public void A_schedule_is_next_due_when_all_six_fields_fit(string cron, string after, string due) =>
        Assert.Equal(Time(due), Read(cron).Cron!.Next(Time(after)));

    [Fact]
    public void The_end_of_a_stretch_belongs_to_it_and_its_beginning_does_not()
    {
        CronSchedule hourly = Read("0 0 * * * *").Cron!;

        Assert.Equal(Time("2026-11-21 09:00"), hourly.Last(Time("2026-11-21 08:50"), Time("2026-11-21 09:00")));
        Assert.Null(hourly.Last(Time("2026-11-21 09:00"), Time("2026-11-21 09:10")));
        Assert.Equal(Time("2026-11-21 11:00"), hourly.Last(Time("2026-11-21 08:50"), Time("2026-11-21 11:59")));
    }

    [Theory]
    [InlineData("0 2 * * *", "six fields", "'0 0 2 * * *'")]
    [InlineData("", "six fields", "")]
    [InlineData("daily", "six fields", "")]
    [InlineData("* 0 2 * * *", "the second", "Write 0")]
    [InlineData("0,30 0 2 * * *", "the second", "Write 0")]
    [InlineData("60 0 2 * * *", "field", "59")]
    [InlineData("0 60 * * * *", "field", "59")]
    [InlineData("0 0 24 * * *", "field", "23")]
    [InlineData("0 0 2 0 * *", "field", "1")]
    [InlineData("0 0 2 * 13 *", "field", "12")]
    [InlineData("0 0 2 * * 7", "field", "0 and 6")]
    [InlineData("0 0 2 * * someday", "field", "Sunday")]
    [InlineData("0 0 2 ? * *", "field", "?")]
    [InlineData("0 0 22-4 * * *", "rises", "two ranges")]
    [InlineData("0 0 2 * * FRI-MON", "rises", "two ranges")]
    [InlineData("0 1,5-3/2 * * * *", "rises", "two ranges")]
    [InlineData("0 */0 * * * *", "at least 1", "'*'")]
    [InlineData("0 0 0 30 2 *", "at some time", "month")]
    [InlineData("0 0 0 31 4,6,9,11 *", "at some time", "month")]
    public void A_wrong_expression_is_told_with_its_rule_its_value_and_what_to_do(string cron, string rule, string hint)
    {
        (CronSchedule? read, Problem? problem) = Read(cron);

        Assert.Null(read);
        Assert.Equal("$.cron", problem!.Path);
        Assert.Contains(rule, problem.Rule, StringComparison.Ordinal);
        Assert.Equal($"'{cron}'", problem.Value);
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
    }

    private static (CronSchedule? Cron, Problem? Problem) Read(string cron)
    {
        var problems = new List<Problem>();
        var cronSchedule = CronSchedule.Read(
            new JsonFields(JsonSerializer.SerializeToElement(new { cron }), "$", problems)
        );
        return (cronSchedule, problems.SingleOrDefault());
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
