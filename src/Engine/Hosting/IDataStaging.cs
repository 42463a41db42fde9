using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Hosting;

/// <summary>Finds the data that a study names on its host, and stages what trials would not reach there.</summary>
public interface IDataStaging
{
    /// <summary>The study with references to its data, each with its size and SHA-256; URIs are left as they are.</summary>
    /// <param name="spec">The study.</param>
    /// <param name="area">Where data is staged.</param>
    /// <param name="sharesFiles">Whether trials reach the files of the host under the same paths.</param>
    /// <param name="cancellationToken">Interrupts it; what has been staged is not staged again.</param>
    /// <exception cref="InvalidInputException">Something is not there, or is not what the study says; all problems are listed.</exception>
    Task<StudySpec> StageAsync(
        StudySpec spec,
        IStagingArea area,
        bool sharesFiles,
        CancellationToken cancellationToken
    );
}
