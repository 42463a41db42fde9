namespace FunctionTune.Testing.Durable;

/// <summary>
/// The life of a worker process. What it calls outside goes through <see cref="PassAsync"/> before and after, so that it can
/// die in between: nothing that it runs goes on then, and its in-process memory is gone.
/// </summary>
public sealed class WorkerLife
{
    private static readonly Task s_never = new TaskCompletionSource().Task;

    private readonly Func<bool> _dies;
    private readonly Action<WorkerLife> _died;

    internal WorkerLife(int number, Func<bool> dies, Action<WorkerLife> died) =>
        (Number, _dies, _died) = (number, dies, died);

    /// <summary>How many workers there were before.</summary>
    public int Number { get; }

    /// <summary>Whether it lives.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>A place at which the worker may die; what it runs never gets past it then.</summary>
    public Task PassAsync()
    {
        if (IsAlive && _dies())
        {
            End();
        }

        return IsAlive ? Task.CompletedTask : s_never;
    }

    internal void End()
    {
        if (IsAlive)
        {
            IsAlive = false;
            _died(this);
        }
    }
}
