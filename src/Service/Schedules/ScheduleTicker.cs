using Microsoft.Extensions.Hosting;

namespace FunctionTune.Service.Schedules;

/// <summary>Looks each minute whether a schedule is due, as long as its host runs.</summary>
/// <param name="runner">Begins what is due.</param>
/// <param name="time">The clock.</param>
public sealed class ScheduleTicker(ScheduleRunner runner, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var minutes = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        do
        {
            await runner.TickAsync(stoppingToken).ConfigureAwait(false);
        } while (await minutes.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
