using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Makes the runner of a study whose trials are programs.</summary>
internal static class ProcessTrials
{
    public static Task<ITrialRunner> CreateRunnerAsync(
        string folder,
        StudyRecord record,
        TimeProvider time,
        CancellationToken token
    ) => throw new FunctionTuneException($"{folder}{record.Id}{time}{token.CanBeCanceled}");

    public static ITrialRunner CreateSweeper(string folder, StudyRecord record, TimeProvider time) =>
        throw new FunctionTuneException($"{folder}{record.Id}{time}");
}
