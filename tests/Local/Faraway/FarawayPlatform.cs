using FunctionTune.Hosting;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Local.Tests.Faraway;

/// <summary>A platform whose runs outlive their hosts.</summary>
internal sealed class FarawayPlatform(FarawayService service) : ITrialPlatform
{
    public string Name => "livy";

    /// <summary>What it finds wrong with every study.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    public bool SharesFiles(StudySpec spec) => false;

    public IReadOnlyList<Problem> Check(StudySpec spec) => Problems;

    public IStagingArea OpenStaging(IStagingArea store, StudySpec spec) => store;

    public Task<Preparation> PrepareAsync(
        StudyId id,
        StudySpec spec,
        IStagingArea area,
        CancellationToken cancellationToken
    ) => Task.FromResult(new Preparation(spec, ["It is far away."]));

    public Task<ITrialRunner> CreateRunnerAsync(
        StudyRecord study,
        IStagingArea area,
        CancellationToken cancellationToken
    ) => Task.FromResult(CreateSweeper(study, area));

    public ITrialRunner CreateSweeper(StudyRecord study, IStagingArea area) => new FarawayRunner(service);
}
