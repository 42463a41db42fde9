using FunctionTune.Hosting;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Scripted;

/// <summary>Trials on the scripted cluster.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="pass">See <see cref="ScriptedRunner"/>.</param>
public sealed class ScriptedPlatform(ScriptedCluster cluster, Func<Task>? pass = null) : ITrialPlatform
{
    /// <inheritdoc/>
    /// <remarks>A name that study files know.</remarks>
    public string Name => "simulated";

    /// <inheritdoc/>
    public bool SharesFiles(StudySpec spec) => true;

    /// <inheritdoc/>
    public IReadOnlyList<Problem> Check(StudySpec spec) => [];

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
    public ITrialRunner CreateSweeper(StudyRecord study, IStagingArea area) => new ScriptedRunner(cluster, pass);
}
