using FunctionTune.Service.Durable;
using FunctionTune.Service.Schedules;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FunctionTune.Functions.Timers;

/// <summary>What the app does by the clock, without being asked.</summary>
/// <param name="schedules">Begins the studies of schedules.</param>
/// <param name="janitor">Looks after studies that nobody works on.</param>
/// <param name="instances">Told the client of each call.</param>
public sealed class TimerFunctions(ScheduleRunner schedules, Janitor janitor, DurableInstances instances)
{
    /// <summary>Begins the studies that are due.</summary>
    /// <param name="timer">The timer; the schedules look at the clock themselves.</param>
    /// <param name="client">The app's instances.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function("ScheduleTick")]
    public Task TickAsync(
        [TimerTrigger("0 * * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        instances.Use(client);
        return schedules.TickAsync(cancellationToken);
    }

    /// <summary>Looks after studies that nobody works on.</summary>
    /// <param name="timer">The timer; when it is due is of no account.</param>
    /// <param name="client">The app's instances.</param>
    /// <param name="cancellationToken">The host shuts down.</param>
    [Function("Janitor")]
    public Task CleanAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        instances.Use(client);
        return janitor.RunAsync(cancellationToken);
    }
}
