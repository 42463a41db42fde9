using System.Collections.Immutable;

namespace FunctionTune.Hosting;

/// <summary>
/// Carries out trials. Handles are plain JSON that outlives the process. Members may be called from several threads at once.
/// What goes wrong with a trial is an outcome, never an exception. Disposal ends the runs that cannot outlive their host.
/// </summary>
public interface ITrialRunner : IAsyncDisposable
{
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
}
