using System.Collections.Immutable;

namespace FunctionTune.Service.Schedules.Sources;

/// <summary>A place where schedules are found.</summary>
public interface IScheduleSource
{
    /// <summary>The names of the schedules that are there now, in ordinal order.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="FunctionTuneException">The place cannot be read.</exception>
    Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>A schedule as it stands there; null when it is gone.</summary>
    /// <param name="name">One of the names.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FunctionTuneException">It cannot be read.</exception>
    Task<ScheduleText?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>The study file that a schedule names; null when there is none.</summary>
    /// <param name="path">Its path as the schedule gives it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FunctionTuneException">It cannot be read, or lies where no study file may lie.</exception>
    Task<ScheduleText?> OpenStudyAsync(string path, CancellationToken cancellationToken) =>
        OpenAsync(path, cancellationToken);
}
