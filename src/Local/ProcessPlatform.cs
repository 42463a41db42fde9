using FunctionTune.Hosting;
using FunctionTune.Local.Processes;
using FunctionTune.Local.Programs;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Trials that are programs of this machine.</summary>
/// <param name="folder">The store's folder.</param>
/// <param name="time">Measures timeouts.</param>
internal sealed class ProcessPlatform(string folder, TimeProvider time) : ITrialPlatform
{
    public string Name => "process";

    public bool SharesFiles(StudySpec spec) => true;

    public IReadOnlyList<Problem> Check(StudySpec spec) => [];

    public IStagingArea OpenStaging(IStagingArea store, StudySpec spec) => store;

    public async Task<Preparation> PrepareAsync(
        StudyId id,
        StudySpec spec,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        await BuildAsync(spec, cancellationToken).ConfigureAwait(false);
        return new Preparation(spec, []);
    }

    public async Task<ITrialRunner> CreateRunnerAsync(
        StudyRecord study,
        IStagingArea area,
        CancellationToken cancellationToken
    )
    {
        TrialProgram program = await BuildAsync(study.Spec, cancellationToken).ConfigureAwait(false);
        return new ProcessTrialRunner(folder, program.Spec, program.Folder, time);
    }

    public ITrialRunner CreateSweeper(StudyRecord study, IStagingArea area) =>
        new ProcessTrialRunner(folder, new TrialSpec.Process(), folder, time);

    /// <summary>Builds the program of the trials, unless it is built.</summary>
    private Task<TrialProgram> BuildAsync(StudySpec spec, CancellationToken cancellationToken) =>
        TrialProgram.PrepareAsync(
            folder,
            (TrialSpec.Process)spec.Trial,
            spec.BaseFolder ?? Directory.GetCurrentDirectory(),
            cancellationToken
        );
}
