using FunctionTune.Service.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FunctionTune.Functions.Timers;

/// <summary>What the app does by the clock, without being asked.</summary>
/// <param name="janitor">Looks after studies that nobody works on.</param>
/// <param name="instances">Told the client of each call.</param>
public sealed class TimerFunctions(Janitor janitor, DurableInstances instances)
{
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
