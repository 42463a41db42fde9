using System.Globalization;
using NCrontab;

namespace FunctionTune.Service.Schedules;

/// <summary>Rules of cron expressions that NCrontab passes over, or tells in words of its own.</summary>
internal static class CronRules
{
    private static readonly CrontabFieldKind[] s_kinds =
    [
        CrontabFieldKind.Second,
        CrontabFieldKind.Minute,
        CrontabFieldKind.Hour,
        CrontabFieldKind.Day,
        CrontabFieldKind.Month,
        CrontabFieldKind.DayOfWeek,
    ];

    /// <summary>The first rule that an expression breaks; null when it breaks none.</summary>
    /// <param name="text">The expression, a single space between two fields.</param>
    public static Problem? Broken(string text)
    {
        string[] fields = text.Split(' ');
        if (fields.Length != s_kinds.Length)
        {
            string hint = fields.Length == s_kinds.Length - 1 ? $"Write '0 {text}': the first is the second." : "";
            return new Problem(
                "",
                "cron has six fields: second, minute, hour, day, month, day of the week",
                Hint: hint
            );
        }

        if (!fields[0].All(char.IsAsciiDigit))
        {
            const string Hint = "Write 0: a schedule begins one study a minute at most.";
            return new Problem("", "the first field of cron, the second, is one number", Hint: Hint);
        }

        return s_kinds.Zip(fields, Broken).FirstOrDefault(problem => problem is not null);
    }

    private static Problem? Broken(CrontabFieldKind kind, string field) =>
        field.Split(',').Select(part => BrokenPart(kind, part)).FirstOrDefault(problem => problem is not null);

    private static Problem? BrokenPart(CrontabFieldKind kind, string part)
    {
        if (
            part.Split('/') is [_, var step]
            && int.TryParse(step, CultureInfo.InvariantCulture, out int every)
            && every < 1
        )
        {
            return new Problem(
                "",
                "a step of cron is at least 1",
                Hint: $"Write '*' for every one instead of '{part}'."
            );
        }

        // The library would turn such a range round: Friday to Monday would become Monday to Friday.
        return part.Split('/')[0].Split('-') is [var from, var to] && First(kind, from) > First(kind, to)
            ? new Problem("", $"a range of cron rises, but '{part}' falls", Hint: "Write a list of two ranges instead.")
            : null;
    }

    private static int? First(CrontabFieldKind kind, string value) =>
        CrontabField.TryParse(kind, value, field => (int?)field.GetFirst(), _ => null);
}
