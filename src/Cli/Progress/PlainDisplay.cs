using FunctionTune.Cli.Output;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Progress;

/// <summary>
/// Lines for logs and pipes: one for each improvement; otherwise one when a tenth more is done, or after a second at the
/// earliest.
/// </summary>
/// <param name="output">Where to write.</param>
/// <param name="time">The clock.</param>
internal sealed class PlainDisplay(TextWriter output, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private int _ended = -1;
    private int _tenth;
    private double? _best;
    private DateTimeOffset _at;

    public void Show(StudyRecord study)
    {
        StudyState state = study.State;
        int ended = state.Counts.Completed + state.Counts.Cancelled;
        if (ended == _ended)
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        int tenth = state.Limits.MaxEvals is { } most ? (int)(10L * ended / most) : 0;
        bool isFirst = _ended < 0;
        bool isBetter = state.Best?.Loss != _best;
        if (isFirst)
        {
            (_ended, _tenth, _at) = (ended, tenth, now);
        }

        if (isBetter || tenth != _tenth || now - _at >= Pause)
        {
            (_ended, _tenth, _best, _at) = (ended, tenth, state.Best?.Loss, now);
            output.WriteLine(Line(study, ended));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Line(StudyRecord study, int ended)
    {
        StudyState state = study.State;
        string most = state.Limits.MaxEvals is { } maxEvals ? $"/{maxEvals}" : "";
        string best = study.Best is { } b
            ? $"  best {NumberText.Short(b.Loss!.Value)} (trial {b.Number}: {ParameterText.Line(study.Spec.Space, b.Point)})"
            : "  no success yet";
        int failed = state.Counts.Failed + state.Counts.Lost;
        return $"{ended}{most}{best}  {state.Live.Count} running{(failed > 0 ? $"  {failed} failed" : "")}";
    }
}
