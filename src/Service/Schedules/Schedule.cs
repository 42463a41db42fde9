using System.Globalization;
using System.Text.Json;
using FunctionTune.Studies;

namespace FunctionTune.Service.Schedules;

/// <summary>A study that is begun again and again.</summary>
/// <param name="Name">Its name: 1 to 44 of a-z, 0-9 and '-', beginning with a letter or digit.</param>
/// <param name="Cron">When it is due.</param>
/// <param name="Study">The study file of each of its studies.</param>
/// <param name="Spec">The same, read.</param>
public sealed record Schedule(string Name, CronSchedule Cron, JsonElement Study, StudySpec Spec)
{
    /// <summary>How many points of the study before are tried first, unless said otherwise.</summary>
    public const int UsualWarmStart = 5;

    /// <summary>Length of the time in a study's id.</summary>
    internal const int TimeLength = 12;

    /// <summary>The longest name, so that ids of studies have at most 63 characters.</summary>
    internal const int MostName = 63 - 7 - TimeLength;

    /// <summary>How many of the best points of the study before are tried first. Range: 0 to 100; 0 begins afresh each time.</summary>
    public int WarmStart { get; init; } = UsualWarmStart;

    /// <summary>Whether it is in force.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The id of the study of an occurrence: always the same, so that whoever begins it twice begins one.</summary>
    /// <param name="occurrence">A time at which the schedule is due.</param>
    public StudyId IdAt(DateTimeOffset occurrence) =>
        new(IdStart(Name) + occurrence.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture));

    /// <summary>How the ids of a schedule's studies begin; a time follows.</summary>
    internal static string IdStart(string name) => $"sched-{name}-";
}
