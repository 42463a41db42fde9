namespace FunctionTune.StandIns.Processes;

/// <summary>Lets so many in at once, in the order in which they came; how many may change at any time.</summary>
public sealed class SlotGate
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _capacity;

    /// <summary>How many are let in at once.</summary>
    public int Capacity
    {
        get => _capacity;
        set
        {
            lock (_gate)
            {
                _capacity = value;
                Admit();
            }
        }
    }

    /// <summary>How many are in.</summary>
    public int Taken { get; private set; }

    /// <summary>Whether one who comes now must wait.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return Taken >= _capacity || _waiting.Count > 0;
            }
        }
    }

    /// <summary>Completes when one more is let in.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.AddLast(place);
            Admit();
        }

        await using CancellationTokenRegistration leaving = cancellationToken.Register(() =>
        {
            lock (_gate)
            {
                if (_waiting.Remove(place))
                {
                    place.SetCanceled(cancellationToken);
                }
            }
        });
        await place.Task;
    }

    /// <summary>One goes out.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            Taken--;
            Admit();
        }
    }

    private void Admit()
    {
        while (Taken < _capacity && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            Taken++;
            first.Value.SetResult();
        }
    }
}
