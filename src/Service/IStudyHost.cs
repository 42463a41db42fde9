using FunctionTune.Service.Rules;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service;

/// <summary>
/// What works on the studies of a service: this process, or a durable orchestrator. The service itself only reads logs, keeps
/// requests and passes on wishes.
/// </summary>
public interface IStudyHost
{
    /// <summary>The logs of the studies.</summary>
    IStudyStore Store { get; }

    /// <summary>The folder or container in which the studies are kept; requests lie there beside the logs.</summary>
    IStagingArea Area { get; }

    /// <summary>What the host lets nobody ask for; whatever a request says is held against it, here and when it is read again.</summary>
    StudyRules Rules { get; }

    /// <summary>
    /// Sees to it that somebody works on a study: creates it from its request when it has no log yet, and runs it to its end.
    /// Does nothing when somebody does already, or when it is over.
    /// </summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the asking, not the work.</param>
    /// <exception cref="FunctionTuneException">The host cannot be reached.</exception>
    Task BeginAsync(StudyId id, CancellationToken cancellationToken);

    /// <summary>What keeps the host from working on a study at the moment, in a line; null when nothing does.</summary>
    /// <param name="id">The study.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    Task<string?> TroubleAsync(StudyId id, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Writes a wish of the user into a study's log, and returns when it is there.</summary>
    /// <param name="id">The study; it has a log.</param>
    /// <param name="wish">Cancel, pause, resume, or other limits.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <remarks>A study that is over and goes on by the wish is worked on again.</remarks>
    Task SteerAsync(StudyId id, StudyEvent wish, CancellationToken cancellationToken);
}
