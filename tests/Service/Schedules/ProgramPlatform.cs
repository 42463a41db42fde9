using FunctionTune.Hosting;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service.Tests.Schedules;

/// <summary>A platform of programs that none of these tests starts.</summary>
internal sealed class ProgramPlatform : ITrialPlatform
{
    public string Name => "process";

    public bool SharesFiles(StudySpec spec) => true;

    public IReadOnlyList<Problem> Check(StudySpec spec) => [];

    public IStagingArea OpenStaging(IStagingArea store, StudySpec spec) => store;

    public Task<Preparation> PrepareAsync(
        StudyId id,
        StudySpec spec,
        IStagingArea area,
        CancellationToken cancellationToken
    ) => Task.FromResult(new Preparation(spec, []));

    public Task<ITrialRunner> CreateRunnerAsync(
        StudyRecord study,
        IStagingArea area,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public ITrialRunner CreateSweeper(StudyRecord study, IStagingArea area) => throw new NotSupportedException();
}
