using FunctionTune.Studies;

namespace FunctionTune.Cli.Progress;

/// <summary>Shows how a study gets on. Disposing it takes away what is only true while the study runs.</summary>
internal interface IProgressDisplay : IAsyncDisposable
{
    /// <summary>Shows the study as it is now; called from one thread at a time, and quick.</summary>
    void Show(StudyRecord study);
}
