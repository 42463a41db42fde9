namespace FunctionTune.Testing.Durable;

/// <summary>
/// Events from outside within one run of an execution, by Durable Task's rules: waiters of a name are a stack, so the newest
/// gets the next event; a waiter that was given up stays on it and swallows an event; what nobody awaits is kept in order.
/// Names are compared without regard to case.
/// </summary>
internal sealed class EventInbox
{
    private readonly Dictionary<string, Stack<TaskCompletionSource<string>>> _waiters = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly List<(string Name, string Payload)> _unawaited = [];

    /// <summary>What nobody has awaited yet, in the order of arrival.</summary>
    public IReadOnlyList<(string Name, string Payload)> Unawaited => _unawaited;

    /// <summary>Whether anybody waits for an event, or gave it up.</summary>
    public bool IsAwaited => _waiters.Values.Any(stack => stack.Count > 0);

    public Task<string> WaitAsync(string name, CancellationToken cancellationToken)
    {
        int kept = _unawaited.FindIndex(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));
        if (kept >= 0)
        {
            string payload = _unawaited[kept].Payload;
            _unawaited.RemoveAt(kept);
            return Task.FromResult(payload);
        }

        var waiter = new TaskCompletionSource<string>();
        cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        if (!_waiters.TryGetValue(name, out Stack<TaskCompletionSource<string>>? stack))
        {
            _waiters[name] = stack = new Stack<TaskCompletionSource<string>>();
        }

        stack.Push(waiter);
        return waiter.Task;
    }

    public void Deliver(string name, string payload)
    {
        if (_waiters.TryGetValue(name, out Stack<TaskCompletionSource<string>>? stack) && stack.Count > 0)
        {
            stack.Pop().TrySetResult(payload);
        }
        else
        {
            _unawaited.Add((name, payload));
        }
    }
}
