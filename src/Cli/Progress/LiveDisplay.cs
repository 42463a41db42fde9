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
    private readonly Lock _drawing = new();
    private readonly ITimer _timer;
    private volatile ProgressSnapshot? _latest;

    /// <summary>Starts drawing.</summary>
    /// <param name="console">The terminal; it must understand ANSI codes.</param>
    /// <param name="time">The clock.</param>
    public LiveDisplay(IAnsiConsole console, TimeProvider time)
    {
        (_console, _time, _tracker, _area) = (console, time, new ProgressTracker(time), new LiveArea(console));
        AppDomain.CurrentDomain.ProcessExit += AtExit;
        _timer = time.CreateTimer(_ => Draw(), state: null, Period, Period);
    }

    public void Show(StudyRecord study) => _latest = _tracker.Take(study);

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= AtExit;
        await _timer.DisposeAsync().ConfigureAwait(false);
        lock (_drawing)
        {
            _area.Clear();
        }
    }

    // A process that ends at once leaves the terminal with a cursor all the same.
    private void AtExit(object? sender, EventArgs e) => _area.ShowCursor();

    private void Draw()
    {
        // A terminal that is slow to take a frame gets fewer of them.
        if (_latest is not { } study || !_drawing.TryEnter())
        {
            return;
        }

        try
        {
            Profile size = _console.Profile;
            _area.Draw(ProgressView.Lines(study, _time.GetUtcNow(), size.Width - 1, size.Height));
        }
        finally
        {
            _drawing.Exit();
        }
    }
}
