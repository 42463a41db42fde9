using FunctionTune.Local;
using FunctionTune.Local.Stores;
using FunctionTune.Studies;

namespace FunctionTune.Service.Tests.Durable;

/// <summary>Wishes for the local host.</summary>
internal sealed class WishBox : IStudyInbox
{
    private readonly Lock _gate = new();
    private readonly List<ControlMessage> _wishes = [];
    private TaskCompletionSource _news = new();
    private int _sent;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _wishes.Count == 0;
            }
        }
    }

    public void Send(StudyEvent wish)
    {
        TaskCompletionSource news;
        lock (_gate)
        {
            _wishes.Add(new ControlMessage($"{_sent++:D6}", wish));
            news = _news;
        }

        news.TrySetResult();
    }

    public IReadOnlyList<ControlMessage> Read()
    {
        lock (_gate)
        {
            _news = _news.Task.IsCompleted ? new TaskCompletionSource() : _news;
            return [.. _wishes];
        }
    }

    public void Remove(ControlMessage message)
    {
        lock (_gate)
        {
            _wishes.Remove(message);
        }
    }

    public Task WaitForNewsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _news.Task.WaitAsync(cancellationToken);
        }
    }
}
