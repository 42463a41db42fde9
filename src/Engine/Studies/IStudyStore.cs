using System.Collections.Immutable;

namespace FunctionTune.Studies;

/// <summary>
/// Keeps the logs of studies. The version of a log is the number of its events. Implementations may be used by several
/// threads and several processes at once: an append is all or nothing, and what was once read never changes.
/// </summary>
public interface IStudyStore
{
    /// <summary>Reads the log of a study.</summary>
    /// <param name="id">The study.</param>
    /// <param name="from">Version to read from: this many events are left out. Range: at least 0.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The events from there on; an empty log of version 0 when the study does not exist.</returns>
    /// <exception cref="StudyLogException">The log holds something that is no event.</exception>
    Task<StudyLog> ReadAsync(StudyId id, long from, CancellationToken cancellationToken);

    /// <summary>Appends events to the log of a study, or nothing.</summary>
    /// <param name="id">The study; an expected version of 0 creates it.</param>
    /// <param name="expectedVersion">The version that the caller has read.</param>
    /// <param name="events">The events, oldest first; at least one.</param>
    /// <param name="cancellationToken">Ends the attempt before anything is written.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="StudyVersionException">The log has another version; nothing was written.</exception>
    Task<long> AppendAsync(
        StudyId id,
        long expectedVersion,
        ImmutableArray<StudyEvent> events,
        CancellationToken cancellationToken
    );

    /// <summary>The ids of all studies, in ordinal order.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    Task<ImmutableArray<StudyId>> ListAsync(CancellationToken cancellationToken);
}
