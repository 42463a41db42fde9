using FunctionTune.Service.Durable.Orders;

namespace FunctionTune.Service.Durable.Books;

/// <summary>Which attempts this process has asked to stop, so that it asks each once. Thread-safe.</summary>
internal sealed class StopNotes
{
    private readonly HashSet<TrialAttempt> _asked = [];

    public bool Contains(TrialAttempt attempt)
    {
        lock (_asked)
        {
            return _asked.Contains(attempt);
        }
    }

    public void Add(TrialAttempt attempt)
    {
        lock (_asked)
        {
            _asked.Add(attempt);
        }
    }
}
