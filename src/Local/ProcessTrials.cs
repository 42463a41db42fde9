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
        if (record.Spec.Trial is not TrialSpec.Process process)
        {
            throw new FunctionTuneException(
                $"The trials of study '{record.Id}' are calls of a function in another program.",
                "Go on with it from that program."
            );
        }

        await LocalData.VerifyAsync(record.Spec, cancellationToken).ConfigureAwait(false);
        string study = record.Spec.BaseFolder ?? Directory.GetCurrentDirectory();
        TrialProgram program = await TrialProgram
            .PrepareAsync(folder, process, study, cancellationToken)
            .ConfigureAwait(false);
        return new ProcessTrialRunner(folder, program.Spec, program.Folder, time);
    }

    /// <summary>A runner that only ends what an earlier host left under way.</summary>
    public static ITrialRunner CreateSweeper(string folder, TimeProvider time) =>
        new ProcessTrialRunner(folder, new TrialSpec.Process(), folder, time);
}
