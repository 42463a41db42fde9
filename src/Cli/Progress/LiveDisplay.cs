using FunctionTune.Studies;
using Spectre.Console;

namespace FunctionTune.Cli.Progress;

/// <summary>A display on a terminal that is drawn anew a few times a second.</summary>
internal sealed class LiveDisplay : IProgressDisplay
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(120);

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly ProgressTracker _tracker;
    private readonly LiveArea _area;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _drawing;
    private volatile ProgressSnapshot? _latest;

    /// <summary>Starts drawing.</summary>
    /// <param name="console">The terminal; it must understand ANSI codes.</param>
    /// <param name="time">The clock.</param>
    public LiveDisplay(IAnsiConsole console, TimeProvider time)
    {
        (_console, _time, _tracker, _area) = (console, time, new ProgressTracker(time), new LiveArea(console));
        _drawing = DrawAsync();
    }

    public void Show(StudyRecord study) => _latest = _tracker.Take(study);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _drawing.ConfigureAwait(false);
        _area.Clear();
        _end.Dispose();
    }

    private async Task DrawAsync()
    {
        using var timer = new PeriodicTimer(Period, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false))
            {
                if (_latest is { } study)
                {
                    Profile size = _console.Profile;
                    _area.Draw(ProgressView.Lines(study, _time.GetUtcNow(), size.Width - 1, size.Height));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The study is over.
        }
    }
}
