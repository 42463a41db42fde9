namespace FunctionTune.Local.Stores;

/// <summary>
/// Waits for messages to a study: the file system tells of them at once, and a look each second finds those that it did not
/// tell of.
/// </summary>
public sealed class ControlWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string _control;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _news = new(0);
    private readonly FileSystemWatcher? _watcher;

    internal ControlWatch(string control, TimeProvider clock)
    {
        _control = control;
        _clock = clock;
        try
        {
            Directory.CreateDirectory(control);
            _watcher = new FileSystemWatcher(control, "*.json");
            _watcher.Created += (_, _) => _news.Release();
            _watcher.Renamed += (_, _) => _news.Release();
            _watcher.EnableRaisingEvents = true;
        }
        catch (IOException)
        {
            // The system has no watcher left, or the folder cannot be watched: the looks remain.
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>Completes when at least one message waits.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (StudyControl.WaitingIn(_control).Length == 0)
        {
            using var look = new CancellationTokenSource(Interval, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, cancellationToken);
            await _news.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Ends the watching.</summary>
    public void Dispose()
    {
        _watcher?.Dispose();
        _news.Dispose();
    }
}
