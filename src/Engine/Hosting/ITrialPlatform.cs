using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>What carries out trials of one kind, such as programs on this machine or runs on a Databricks workspace.</summary>
public interface ITrialPlatform
{
    /// <summary>The name under which a study file asks for it: the key in <c>trial</c>.</summary>
    string Name { get; }

    /// <summary>Whether trials reach the files of this machine under the same paths, so that data need not be staged.</summary>
    /// <param name="spec">A study whose trials are of this kind.</param>
    bool SharesFiles(StudySpec spec);

    /// <summary>
    /// The study with what its description leaves to the environment, such as the address of a service, so that whoever takes it
    /// up again needs the log alone. Nobody is asked; what is wrong is left as it is.
    /// </summary>
    /// <param name="spec">A study whose trials are of this kind.</param>
    StudySpec Complete(StudySpec spec) => spec;

    /// <summary>Everything that is wrong with a study's description as far as it can be seen without asking anybody.</summary>
    /// <param name="spec">A study whose trials are of this kind.</param>
    IReadOnlyList<Problem> Check(StudySpec spec);

    /// <summary>The area where the trials' files and staged data lie.</summary>
    /// <param name="store">The folder or container in which the study is kept: taken when the study names no area and it will do.</param>
    /// <param name="spec">The study.</param>
    /// <exception cref="InvalidInputException">The study names no area, or one that this platform cannot use.</exception>
    IStagingArea OpenStaging(IStagingArea store, StudySpec spec);

    /// <summary>
    /// Gets everything ready before the study exists: programs are built or uploaded, and what can be asked for is asked, so
    /// that a wrong name is an error now and not the failure of every trial.
    /// </summary>
    /// <param name="id">The id that it is to have.</param>
    /// <param name="spec">The study, its data not yet staged.</param>
    /// <param name="area">What <see cref="OpenStaging"/> gave.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <exception cref="InvalidInputException">Something that the study names is not there; all problems are listed.</exception>
    /// <exception cref="FunctionTuneException">The service cannot be reached or refuses to talk.</exception>
    Task<Preparation> PrepareAsync(StudyId id, StudySpec spec, IStagingArea area, CancellationToken cancellationToken);

    /// <summary>A runner for the trials of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="area">What <see cref="OpenStaging"/> gave.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <exception cref="FunctionTuneException">The trials cannot be carried out here and now.</exception>
    Task<ITrialRunner> CreateRunnerAsync(StudyRecord study, IStagingArea area, CancellationToken cancellationToken);

    /// <summary>A runner that starts nothing: it only ends what an earlier host left under way.</summary>
    /// <param name="study">The study.</param>
    /// <param name="area">What <see cref="OpenStaging"/> gave.</param>
    ITrialRunner CreateSweeper(StudyRecord study, IStagingArea area);
}
