using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>
/// Carries out trials. Handles are plain JSON that outlives the process. Members may be called from several threads at once.
/// What goes wrong with a trial is an outcome. What makes every trial impossible until somebody does something, such as a
/// token that has expired or a service that cannot be reached for minutes, is a <see cref="FunctionTuneException"/>: the host
/// gives up, the log stays as it is, and the study can be taken up again. Disposal ends the runs that cannot outlive their
/// host.
/// </summary>
public interface ITrialRunner : IAsyncDisposable
{
    /// <summary>Whether runs go on when the host ends, so that whoever takes the study up again finds them.</summary>
    bool OutlivesHost { get; }

    /// <summary>How many trials can be carried at once, as of now; asked at the beginning and now and then.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The capacity; null when it is not known, and what was known before stays.</returns>
    Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Starts an attempt. Idempotent on (study, trial, attempt): started again it gives the handle of the same run.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="cancellationToken">Ends the waiting, not the run.</param>
    /// <returns>A handle, or the outcome when it could not be started.</returns>
    Task<StartResult> StartAsync(TrialStart start, CancellationToken cancellationToken);

    /// <summary>Looks at many runs at once.</summary>
    /// <param name="runs">The runs to look at.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Shape (runs): what is new of each since the last look; a run that ended says so at each look.</returns>
    Task<ImmutableArray<RunReport>> PollAsync(ImmutableArray<TrialRun> runs, CancellationToken cancellationToken);

    /// <summary>
    /// Asks a run to stop, and returns when that was asked; polls tell when it has. May come twice, or after the end.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">Who asks, in one line; becomes the reason of the cancelled outcome.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task StopAsync(TrialRun run, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when a look is worth while: a run ended or reported something, or, for runners that cannot know,
    /// a poll interval passed.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task WaitForNewsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Ends whatever is still under way of a study that is over, such as a run whose start nobody wrote down, and returns
    /// when nothing of it is left, or when that was asked of its service.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task SweepAsync(StudyId study, CancellationToken cancellationToken);
}
