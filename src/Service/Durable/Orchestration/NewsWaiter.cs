namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>
/// Hears of news in the log. Waiters for an event form a stack, and an abandoned one swallows the event that it is handed: so
/// there is one at a time, and the next only after it was consumed.
/// </summary>
internal sealed class NewsWaiter(IOrchestration durable)
{
    private Task<string>? _waiter;

    /// <summary>Completes when there is news.</summary>
    public Task Arrived => _waiter ??= durable.EventAsync(StudyOrchestration.News);

    /// <summary>Whether there was news since the last question.</summary>
    public bool Take()
    {
        bool arrived = _waiter is { IsCompleted: true };
        _waiter = arrived ? null : _waiter;
        return arrived;
    }
}
