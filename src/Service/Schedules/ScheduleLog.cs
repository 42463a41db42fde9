using FunctionTune.Studies;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Service.Schedules;

/// <summary>What schedules tell whoever operates the host.</summary>
internal static partial class ScheduleLog
{
    /// <summary>A schedule is new, or is due at other times.</summary>
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Schedule {Schedule}, due by '{Cron}', is next due at {Next:yyyy-MM-dd HH:mm:ss} UTC."
    )]
    public static partial void Known(this ILogger log, string schedule, string cron, DateTimeOffset next);

    /// <summary>A study was begun.</summary>
    [LoggerMessage(Level = LogLevel.Information, Message = "Schedule {Schedule} began study {Study}.")]
    public static partial void Begun(this ILogger log, StudyId study, string schedule);

    /// <summary>A schedule does not do what it should.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {Schedule}: {Reason}")]
    public static partial void NotBegun(this ILogger log, string schedule, string reason);
}
