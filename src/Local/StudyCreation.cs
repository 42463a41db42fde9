using FunctionTune.Staging;

namespace FunctionTune.Local;

/// <summary>Who is told what happens while a study is created.</summary>
public sealed record StudyCreation
{
    /// <summary>Told how far the staging of data has come.</summary>
    public IProgress<StagingProgress>? Staging { get; init; }

    /// <summary>Told what people should know before the study runs, a line a call.</summary>
    public Action<string>? Warning { get; init; }
}
