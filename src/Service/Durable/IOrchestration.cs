using Microsoft.Extensions.Logging;

namespace FunctionTune.Service.Durable;

/// <summary>
/// What a durable orchestration may do and await; nothing else is the same when its code is run again from its history. One
/// member for each durable operation, so that a test can play them by the rules of Durable Task.
/// </summary>
/// <remarks>
/// The code between two awaits runs on one thread and anew at each step. Nothing that is awaited may be configured to go on
/// elsewhere (<c>ConfigureAwait(false)</c>).
/// </remarks>
public interface IOrchestration
{
    /// <summary>The time of the step, the same whenever it is run again, UTC.</summary>
    DateTimeOffset Now { get; }

    /// <summary>A log that is silent while the past is run again.</summary>
    ILogger Log { get; }

    /// <summary>Carries out an activity, at least once.</summary>
    /// <param name="name">The activity: one of <see cref="ActivityNames"/>.</param>
    /// <param name="order">What it is told.</param>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <exception cref="ActivityFaultException">It failed, also when it was tried again.</exception>
    Task<T> CallAsync<T>(string name, object order);

    /// <summary>Completes at a time, or somewhat before or after it.</summary>
    /// <param name="due">The time.</param>
    /// <param name="cancellationToken">Ends the timer; one that nobody waits for any more keeps an instance alive.</param>
    Task TimerAsync(DateTimeOffset due, CancellationToken cancellationToken);

    /// <summary>Completes when an event of that name arrives, or has arrived unawaited. At most one may be awaited at a time.</summary>
    /// <param name="name">The event's name.</param>
    Task<string> EventAsync(string name);

    /// <summary>Shows how far the study has come to whoever looks at the instance; under 4 KB of JSON.</summary>
    /// <param name="progress">How far.</param>
    void Show(StudyProgress progress);

    /// <summary>Ends this execution and begins the next with a fresh history; the code returns right after it.</summary>
    /// <param name="run">What the next is told. Events that nobody has awaited yet are handed on to it.</param>
    void ContinueAsNew(StudyRun run);
}
