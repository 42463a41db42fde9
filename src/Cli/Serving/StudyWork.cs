namespace FunctionTune.Cli.Serving;

/// <summary>The work on a study in the background: one at a time, and once more when somebody asked meanwhile.</summary>
/// <param name="work">What is to be done.</param>
internal sealed class StudyWork(Func<Task> work)
{
    private readonly Lock _gate = new();
    private bool _again;

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
                _again = true;
            }
        }
    }

    private async Task RunAsync()
    {
        do
        {
            await work().ConfigureAwait(false);
        } while (IsAgain());
    }

    private bool IsAgain()
    {
        lock (_gate)
        {
            bool again = _again;
            _again = false;
            return again;
        }
    }
}
