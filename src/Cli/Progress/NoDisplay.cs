using FunctionTune.Studies;

namespace FunctionTune.Cli.Progress;

/// <summary>Shows nothing.</summary>
internal sealed class NoDisplay : IProgressDisplay
{
    public void Show(StudyRecord study) { }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
