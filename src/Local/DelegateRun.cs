using System.Collections.Concurrent;
using System.Collections.Immutable;
using FunctionTune.History;
using FunctionTune.Hosting;

namespace FunctionTune.Local;

/// <summary>One call of an objective, on a thread of its own, with its timeout and its end.</summary>
#pragma warning disable CA1001 // a reason: an objective that does not listen may use the token for ever
internal sealed class DelegateRun
#pragma warning restore CA1001
{
    // The longest wait of timers.
    private static readonly TimeSpan s_forever = TimeSpan.FromDays(40);

    private readonly Objective _objective;
    private readonly TrialStart _start;
    private readonly TimeProvider _time;
    private readonly News _news;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<IntermediateValue> _values = new();
    private ITimer? _timer;
    private TrialOutcome? _outcome;
    private int _begun;

    public DelegateRun(Objective objective, TrialStart start, TimeProvider time, News news) =>
        (_objective, _start, _time, _news) = (objective, start, time, news);

    public void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            return;
        }

        if (_start.Timeout is { } timeout && timeout < s_forever)
        {
            _timer = _time.CreateTimer(_ => TimeOut(timeout), state: null, timeout, Timeout.InfiniteTimeSpan);
        }

        // An objective may block its thread for hours: the pool's threads are not for that.
        _ = Task.Factory.StartNew(
            RunAsync,
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default
        );
    }

    /// <summary>
    /// Ends the run as cancelled. The objective is told; one that does not listen goes on, unheard, for code in this process
    /// cannot be ended from outside.
    /// </summary>
    public void Stop(string reason) => End(new TrialOutcome.Cancelled(reason));

    public RunReport Look()
    {
        // The outcome is read first: a value reported before the end is then never left behind.
        TrialOutcome? outcome = Volatile.Read(ref _outcome);
        ImmutableArray<IntermediateValue>.Builder values = ImmutableArray.CreateBuilder<IntermediateValue>();
        while (_values.TryDequeue(out IntermediateValue? value))
        {
            values.Add(value);
        }

        return new RunReport(values.ToImmutable(), outcome);
    }

    private async Task RunAsync()
    {
        try
        {
            var scope = new TrialScope(_start.Trial, _start.Attempt, Report, _stop.Token);
            TrialResult result = await _objective(new Params(_start.Params), scope).ConfigureAwait(false);
            End(DelegateOutcome.Of(result));
        }
        catch (Exception e)
        {
            End(DelegateOutcome.Of(e));
        }
    }

    private void Report(IntermediateValue value)
    {
        if (Volatile.Read(ref _outcome) is null)
        {
            _values.Enqueue(value);
            _news.Signal();
        }
    }

    private void TimeOut(TimeSpan timeout) =>
        End(new TrialOutcome.Failed(FailureKind.Timeout, $"It took longer than its timeout of {timeout:c}."));

    private void End(TrialOutcome outcome)
    {
        if (Interlocked.CompareExchange(ref _outcome, outcome, comparand: null) is null)
        {
            _timer?.Dispose();
            _news.Signal();
            _ = TellAsync();
        }
    }

    /// <summary>What the objective does when it is told must not be in anybody's way: it may block, and it may throw.</summary>
    private async Task TellAsync() => await _stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
