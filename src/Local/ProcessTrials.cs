using FunctionTune.Hosting;
using FunctionTune.Local.Processes;
using FunctionTune.Local.Programs;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Makes the runner of a study whose trials are programs.</summary>
internal static class ProcessTrials
{
    /// <summary>A runner that can start trials: data verified, program built.</summary>
    /// <exception cref="FunctionTuneException">The trials are functions, the data changed, or the project does not build.</exception>
    public static async Task<ITrialRunner> CreateRunnerAsync(
        string folder,
        StudyRecord record,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (record.Spec.Trial is not TrialSpec.Process)
        {
            throw new FunctionTuneException(
                $"The trials of study '{record.Id}' are calls of a function in another program.",
                "Go on with it from that program."
            );
        }

        await LocalData.VerifyAsync(record.Spec, cancellationToken).ConfigureAwait(false);
        TrialProgram program = (await PrepareAsync(folder, record.Spec, cancellationToken).ConfigureAwait(false))!;
        return new ProcessTrialRunner(folder, program.Spec, program.Folder, time);
    }

    /// <summary>Builds the program of a study's trials, unless it is built; null when its trials are no programs.</summary>
    /// <exception cref="InvalidInputException">The project is not there, or does not build.</exception>
    public static async Task<TrialProgram?> PrepareAsync(
        string folder,
        StudySpec spec,
        CancellationToken cancellationToken
    ) =>
        spec.Trial is TrialSpec.Process process
            ? await TrialProgram
                .PrepareAsync(folder, process, spec.BaseFolder ?? Directory.GetCurrentDirectory(), cancellationToken)
                .ConfigureAwait(false)
            : null;

    /// <summary>A runner that only ends what an earlier host left under way.</summary>
    public static ITrialRunner CreateSweeper(string folder, TimeProvider time) =>
        new ProcessTrialRunner(folder, new TrialSpec.Process(), folder, time);
}
