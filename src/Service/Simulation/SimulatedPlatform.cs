using FunctionTune.Hosting;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service.Simulation;

/// <summary>
/// Trials that only take time, for trying a host before a cluster is there and for load tests. The loss is smooth: it has one
/// minimum, where each number among the parameters is one half.
/// </summary>
/// <param name="time">The clock; the system's when null.</param>
public sealed class SimulatedPlatform(TimeProvider? time = null) : ITrialPlatform
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public string Name => "simulated";

    /// <inheritdoc/>
    /// <remarks>Nobody opens the data: it stays where it is.</remarks>
    public bool SharesFiles(StudySpec spec) => true;

    /// <inheritdoc/>
    public IReadOnlyList<Problem> Check(StudySpec spec)
    {
        var problems = new List<Problem>();
        _ = Read(spec, problems);
        return problems;
    }

    /// <inheritdoc/>
    public IStagingArea OpenStaging(IStagingArea store, StudySpec spec) => store;

    /// <inheritdoc/>
    public Task<Preparation> PrepareAsync(
        StudyId id,
        StudySpec spec,
        IStagingArea area,
        CancellationToken cancellationToken
    ) => Task.FromResult(new Preparation(spec, []));

    /// <inheritdoc/>
    public Task<ITrialRunner> CreateRunnerAsync(
        StudyRecord study,
        IStagingArea area,
        CancellationToken cancellationToken
    ) => Task.FromResult(CreateSweeper(study, area));

    /// <inheritdoc/>
    public ITrialRunner CreateSweeper(StudyRecord study, IStagingArea area)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(area);
        var problems = new List<Problem>();
        SimulatedOptions options = Read(study.Spec, problems);
        return problems.Count == 0
            ? new SimulatedRunner(options, new StopMarks(area, study.Id, _time), _time)
            : throw new InvalidInputException([.. problems]);
    }

    private static SimulatedOptions Read(StudySpec spec, List<Problem> problems) =>
        SimulatedOptions.Read(((TrialSpec.Remote)spec.Trial).Options, problems);
}
