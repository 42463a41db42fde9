using FunctionTune.Studies;

namespace FunctionTune.Service.Durable;

/// <summary>The durable instances that work on studies; an instance bears the id of its study. What a durable framework's client is used for.</summary>
public interface IInstances
{
    /// <summary>What becomes of the work on a study; null when no instance is known.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="FunctionTuneException">The framework cannot be reached.</exception>
    Task<InstanceReport?> FindAsync(StudyId id, CancellationToken cancellationToken);

    /// <summary>Every instance that is known.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="FunctionTuneException">The framework cannot be reached.</exception>
    IAsyncEnumerable<InstanceReport> ListAsync(CancellationToken cancellationToken);

    /// <summary>Begins to work on a study, in the place of an instance that is over. Does nothing when one is at work.</summary>
    /// <param name="run">What the orchestration is told.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="FunctionTuneException">The framework cannot be reached.</exception>
    Task BeginAsync(StudyRun run, CancellationToken cancellationToken);

    /// <summary>Raises the event <see cref="StudyOrchestration.News"/>: there is something new in the study's log.</summary>
    /// <param name="id">The study; nothing happens when no instance is at work on it.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="FunctionTuneException">The framework cannot be reached.</exception>
    Task NudgeAsync(StudyId id, CancellationToken cancellationToken);
}
