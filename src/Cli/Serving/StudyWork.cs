namespace FunctionTune.Cli.Serving;

/// <summary>The work on a study in the background: one at a time, and once more when somebody asked meanwhile.</summary>
/// <param name="work">What is to be done.</param>
internal sealed class StudyWork(Func<Task> work)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _asked = NewAsked();

    /// <summary>The work under way, or the last one.</summary>
    public Task Task { get; private set; } = Task.CompletedTask;

    /// <summary>What keeps the work from going on, in a line; null when nothing does.</summary>
    public string? Trouble { get; set; }

    /// <summary>Begins the work; when it is under way, it is looked at once more afterwards.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (Task.IsCompleted)
            {
                Task = Task.Run(RunAsync);
            }
            else
            {
                _asked.TrySetResult();
            }
        }
    }

    /// <summary>Waits, but not longer than until somebody asks for the work.</summary>
    /// <param name="pause">How long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether somebody asked, since the work began or while it waited.</returns>
    public async Task<bool> IsAskedWithinAsync(TimeSpan pause, TimeProvider time, CancellationToken cancellationToken)
    {
        Task asked;
        lock (_gate)
        {
            asked = _asked.Task;
        }

        try
        {
            await asked.WaitAsync(pause, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            return false;
        }

        return IsAgain();
    }

    private async Task RunAsync()
    {
        do
        {
            await work().ConfigureAwait(false);
        } while (IsAgain());
    }

    private static TaskCompletionSource NewAsked() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsAgain()
    {
        lock (_gate)
        {
            bool again = _asked.Task.IsCompleted;
            _asked = again ? NewAsked() : _asked;
            return again;
        }
    }
}
