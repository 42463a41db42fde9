using FunctionTune.Local.Stores;
using FunctionTune.Service.Schedules;
using FunctionTune.Service.Schedules.Sources;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Cli.Serving;

/// <summary>The schedules of a service over a folder.</summary>
internal static class ServedSchedules
{
    /// <summary>Looks each minute, once it is started, whether a schedule is due.</summary>
    /// <param name="service">Works on the studies.</param>
    /// <param name="store">The folder of the studies.</param>
    /// <param name="schedules">The folder of the schedules; null for the one in the store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logging">Where is told what is begun, and what is wrong with schedules.</param>
    public static ScheduleTicker Create(
        LocalStudyService service,
        string store,
        string? schedules,
        TimeProvider time,
        ILoggerFactory logging
    )
    {
        if (schedules is not null && !Directory.Exists(schedules))
        {
            throw new InvalidInputException([
                new Problem("--schedules", "the folder of the schedules must exist", $"'{schedules}'"),
            ]);
        }

        var source = new FolderScheduleSource(schedules ?? Path.Join(store, "schedules"));
        var book = new ScheduleBook(service, [source]);
        var names = new FolderStagingArea(store);
        return new ScheduleTicker(
            new ScheduleRunner(service, names, book, time, logging.CreateLogger<ScheduleRunner>()),
            time
        );
    }
}
