using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Local.Tests.Faraway;

/// <summary>A host's side of the service.</summary>
internal sealed class FarawayRunner(FarawayService service) : ITrialRunner
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(5);

    public bool OutlivesHost => true;

    public Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken) => Task.FromResult(service.Capacity);

    public async Task<StartResult> StartAsync(TrialStart start, CancellationToken cancellationToken)
    {
        LetIn();
        service.Start(start);
        await service.Begun.WaitAsync(cancellationToken);
        return new StartResult(JsonSerializer.SerializeToElement(start.Token), null);
    }

    public async Task<ImmutableArray<RunReport>> PollAsync(
        ImmutableArray<TrialRun> runs,
        CancellationToken cancellationToken
    )
    {
        LetIn();
        await service.Silence.WaitAsync(cancellationToken);
        return [.. runs.Select(Look)];
    }

    public Task StopAsync(TrialRun run, string reason, CancellationToken cancellationToken)
    {
        service.End(run.Handle.GetString()!, new TrialOutcome.Cancelled(reason));
        return Task.CompletedTask;
    }

    public Task WaitForNewsAsync(CancellationToken cancellationToken) => Task.Delay(s_interval, cancellationToken);

    public Task SweepAsync(StudyId study, CancellationToken cancellationToken)
    {
        foreach ((string token, FarawayRun run) in service.Runs)
        {
            if (string.Equals(run.Study, study.ToString(), StringComparison.Ordinal))
            {
                service.End(token, new TrialOutcome.Cancelled("swept"));
            }
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private RunReport Look(TrialRun run)
    {
        FarawayRun known = service.Runs[run.Handle.GetString()!];
        known.IsKnown = known.Outcome is not null;
        return new RunReport([], known.Outcome);
    }

    private void LetIn()
    {
        if (!service.IsOpen)
        {
            throw new FunctionTuneException("The service asks for a token that has not expired.");
        }
    }
}
