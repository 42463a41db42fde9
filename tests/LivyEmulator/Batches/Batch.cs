using System.Collections.Immutable;
using System.Globalization;

namespace FunctionTune.LivyEmulator.Batches;

/// <summary>A batch: a program that Livy runs.</summary>
public sealed class Batch : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private BatchState _state = BatchState.Starting;
    private BatchState? _asked;
    private ImmutableArray<string> _log = [];

    internal Batch(int id, CreateRequest request)
    {
        Id = id;
        Request = request;
    }

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>What was asked for.</summary>
    public CreateRequest Request { get; }

    /// <summary>Its state.</summary>
    public BatchState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>The name of its state on the wire.</summary>
    public string StateName => State.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>What is kept of its log.</summary>
    public ImmutableArray<string> Log
    {
        get
        {
            lock (_gate)
            {
                return _log;
            }
        }
    }

    /// <summary>Completes when nothing of its program is left.</summary>
    internal Task Course { get; set; } = Task.CompletedTask;

    internal CancellationToken Stop => _stop.Token;

    /// <summary>Nobody may want its end any more.</summary>
    public void Dispose() => _stop.Dispose();

    /// <summary>Completes when it has ended.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task UntilEndedAsync(CancellationToken cancellationToken) => Course.WaitAsync(cancellationToken);

    internal void Runs()
    {
        lock (_gate)
        {
            _state = BatchState.Running;
        }
    }

    /// <summary>Wants its program to end; the batch is in <paramref name="state"/> then.</summary>
    internal void Ask(BatchState state)
    {
        lock (_gate)
        {
            _asked ??= state;
        }

        _stop.Cancel();
    }

    internal void End(BatchState state, ImmutableArray<string> log)
    {
        lock (_gate)
        {
            _state = _asked ?? state;
            _log = log;
            Ended = DateTimeOffset.UtcNow;
        }
    }
}
