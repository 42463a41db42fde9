using System.Collections.Immutable;
using FunctionTune.Hosting;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>A platform whose service cannot be reached at times.</summary>
internal sealed class MoodyPlatform(ITrialPlatform calm) : ITrialPlatform
{
    /// <summary>What is the matter with the service; null when it works.</summary>
    public string? Mood { get; set; }

    /// <summary>How often it was asked for anything.</summary>
    public int Calls { get; private set; }

    /// <summary>How often it was asked to stop a run.</summary>
    public int Stops { get; private set; }

    public string Name => calm.Name;

    public bool SharesFiles(StudySpec spec) => calm.SharesFiles(spec);

    public IReadOnlyList<Problem> Check(StudySpec spec) => calm.Check(spec);

    public IStagingArea OpenStaging(IStagingArea store, StudySpec spec) => calm.OpenStaging(store, spec);

    public Task<Preparation> PrepareAsync(
        StudyId id,
        StudySpec spec,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        Reach();
        return calm.PrepareAsync(id, spec, area, cancellationToken);
    }

    public async Task<ITrialRunner> CreateRunnerAsync(
        StudyRecord study,
        IStagingArea area,
        CancellationToken cancellationToken
    ) => new Runner(this, await calm.CreateRunnerAsync(study, area, cancellationToken));

    public ITrialRunner CreateSweeper(StudyRecord study, IStagingArea area) =>
        new Runner(this, calm.CreateSweeper(study, area));

    private void Reach()
    {
        Calls++;
        if (Mood is not null)
        {
            throw new FunctionTuneException(Mood);
        }
    }

    private sealed class Runner(MoodyPlatform platform, ITrialRunner calm) : ITrialRunner
    {
        public bool OutlivesHost => calm.OutlivesHost;

        public Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken) =>
            calm.MeasureAsync(cancellationToken);

        public Task<StartResult> StartAsync(TrialStart start, CancellationToken cancellationToken)
        {
            platform.Reach();
            return calm.StartAsync(start, cancellationToken);
        }

        public Task<ImmutableArray<RunReport>> PollAsync(
            ImmutableArray<TrialRun> runs,
            CancellationToken cancellationToken
        )
        {
            platform.Reach();
            return calm.PollAsync(runs, cancellationToken);
        }

        public Task StopAsync(TrialRun run, string reason, CancellationToken cancellationToken)
        {
            platform.Reach();
            platform.Stops++;
            return calm.StopAsync(run, reason, cancellationToken);
        }

        public Task WaitForNewsAsync(CancellationToken cancellationToken) => calm.WaitForNewsAsync(cancellationToken);

        public Task SweepAsync(StudyId study, CancellationToken cancellationToken)
        {
            platform.Reach();
            return calm.SweepAsync(study, cancellationToken);
        }

        public ValueTask DisposeAsync() => calm.DisposeAsync();
    }
}
