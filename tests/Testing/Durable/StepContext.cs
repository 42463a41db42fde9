namespace FunctionTune.Testing.Durable;

/// <summary>Keeps the code of an orchestration on the thread that runs its step.</summary>
internal sealed class StepContext : SynchronizationContext
{
    /// <summary>What is wrong with code that is not here.</summary>
    public const string Left =
        "Code of an orchestration stays on its thread, but went on elsewhere: it awaits something that is not durable, or "
        + "with ConfigureAwait(false).";

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Whether the code under way is on the thread of its step.</summary>
    public bool IsHere => Environment.CurrentManagedThreadId == _thread && Current == this;

    public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs code of the orchestration and whatever it posts.</summary>
    public void Run(Action code)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            code();
            while (_posted.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
