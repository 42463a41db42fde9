using FunctionTune.Json;
using NCrontab;

namespace FunctionTune.Service.Schedules;

/// <summary>
/// When a schedule is due, UTC: an NCRONTAB expression of six fields (second, minute, hour, day of the month, month, day of the
/// week), as Azure Functions has them. A time is due when all six fit it.
/// </summary>
public sealed class CronSchedule
{
    private static readonly DateTime s_from = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime s_to = new(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly CrontabSchedule _cron;

    private CronSchedule(string text, CrontabSchedule cron) => (Text, _cron) = (text, cron);

    /// <summary>The expression.</summary>
    public string Text { get; }

    /// <summary>Reads the field <c>cron</c>; null when it breaks a rule, which is added to the problems.</summary>
    /// <param name="fields">The schedule.</param>
    public static CronSchedule? Read(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        fields.Required("cron", "a schedule says when it is due", "Write for example \"cron\": \"0 0 2 * * *\".");
        if (fields.Text("cron", _ => true, "a text of six fields") is not { } given)
        {
            return null;
        }

        string text = string.Join(' ', given.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        CrontabSchedule? cron = null;
        Problem? problem = CronRules.Broken(text) ?? Parse(text, out cron);
        if (problem is null && cron!.GetNextOccurrence(s_from, s_to) >= s_to)
        {
            problem = new Problem("", "a schedule is due at some time", Hint: "No month has that day.");
        }

        if (problem is not null)
        {
            fields.Refuse("cron", problem.Rule, $"'{given}'", problem.Hint);
            return null;
        }

        return new CronSchedule(text, cron!);
    }

    /// <summary>The first time after another at which the schedule is due.</summary>
    /// <param name="time">The other time.</param>
    public DateTimeOffset Next(DateTimeOffset time) =>
        new(DateTime.SpecifyKind(_cron.GetNextOccurrence(time.UtcDateTime), DateTimeKind.Utc));

    /// <summary>The last time at which the schedule was due in a stretch of time; null when it was not.</summary>
    /// <param name="after">The stretch begins after this.</param>
    /// <param name="until">It ends with this.</param>
    public DateTimeOffset? Last(DateTimeOffset after, DateTimeOffset until)
    {
        DateTimeOffset? last = null;
        for (DateTimeOffset next = Next(after); next <= until; next = Next(next))
        {
            last = next;
        }

        return last;
    }

    private static Problem? Parse(string text, out CrontabSchedule? cron)
    {
        CrontabSchedule? read = null;
        Problem? problem = CrontabSchedule.TryParse(
            text,
            new CrontabSchedule.ParseOptions { IncludingSeconds = true },
            found =>
            {
                read = found;
                return (Problem?)null;
            },
            fault => new Problem(
                "",
                "a field of cron is '*', a number, a range or a step, or a list of those",
                Hint: (fault().InnerException ?? fault()).Message
            )
        );
        cron = read;
        return problem;
    }
}
