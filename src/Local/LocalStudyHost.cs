using System.Collections.Immutable;
using System.Threading.Channels;
using FunctionTune.Hosting;
using FunctionTune.Local.Stores;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>
/// Carries out a study's commands in this process. Every event is in the log before the loop sees it, and all events that
/// are ready go into one append.
/// </summary>
internal sealed class LocalStudyHost : IStudyScheduler, IDisposable
{
    private readonly LocalStudy _study;
    private readonly RunWatch _watch;
    private readonly Channel<StudyEvent> _arrived = Channel.CreateUnbounded<StudyEvent>();
    private readonly CancellationToken _interrupt;
    private readonly CancellationTokenSource _over;
    private readonly LaterStarts _later;
    private readonly CapacityWatch _capacity;
    private int _starting;
    private StopReason? _ending;
    private Task<bool>? _arrival;
    private Task? _wish;

    public LocalStudyHost(LocalStudy study, CapacityWatch capacity, CancellationToken interrupt)
    {
        _study = study;
        _interrupt = interrupt;
        _over = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        _watch = new RunWatch(study.Runner, study.Time);
        _later = new LaterStarts(study.Time);
        _capacity = capacity;
    }

    public void Schedule(ImmutableArray<StudyCommand> commands)
    {
        foreach (StudyCommand command in commands)
        {
            switch (command)
            {
                case StudyCommand.Suggest suggest:
                    Arrive(SuggestStep.Answer(suggest, _study.Record, _study.Suggester.Value, _study.Now));
                    break;
                case StudyCommand.Start start:
                    _later.Add(start);
                    break;
                case StudyCommand.Watch watch:
                    _watch.Add(new TrialRun(_study.Id, watch.Trial, watch.Attempt, watch.Handle));
                    break;
                case StudyCommand.Stop stop:
                    InBackground(() => StopAsync(new TrialRun(_study.Id, stop.Trial, stop.Attempt, stop.Handle)));
                    break;
                case StudyCommand.Wake wake:
                    InBackground(() => WakeAsync(wake.Deadline));
                    break;
                case StudyCommand.AskStopRule ask:
                    Arrive(_study.AskStopRule(ask));
                    break;
                case StudyCommand.End end:
                    _ending = end.Reason;
                    break;
                default:
                    throw new InvalidOperationException($"Unknown command {command}.");
            }
        }
    }

    public async Task<ImmutableArray<StudyEvent>> NextEventsAsync()
    {
        while (true)
        {
            _interrupt.ThrowIfCancellationRequested();
            BeginStarts();
            IReadOnlyList<ControlMessage> wishes = _study.Inbox?.Read() ?? [];
            ImmutableArray<StudyEvent> ready =
            [
                .. Arrivals(),
                .. await _watch.LookAsync(_over.Token).ConfigureAwait(false),
                .. wishes.Select(wish => wish.Fact),
                .. await _capacity.LookAsync(_study.Record.State, _over.Token).ConfigureAwait(false),
            ];
            ready = await WithEndAsync(ready).ConfigureAwait(false);
            if (!ready.IsEmpty)
            {
                await _study.AppendAsync(ready).ConfigureAwait(false);
                foreach (ControlMessage wish in wishes)
                {
                    _study.Inbox!.Remove(wish);
                }

                return ready;
            }

            await WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Ends the host before the study: trials are stopped, and the log says so. A trial that ended by itself in the
    /// meantime keeps its outcome.
    /// </summary>
    public async Task InterruptAsync()
    {
        var last = ImmutableArray.CreateBuilder<StudyEvent>();
        while (
            !_study.Runner.OutlivesHost
            && _starting > 0
            && await _arrived.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false)
        )
        {
            last.AddRange(Arrivals());
        }

        last.AddRange(Arrivals());
        foreach (StudyEvent.Started started in last.OfType<StudyEvent.Started>())
        {
            _watch.Add(new TrialRun(_study.Id, started.Trial, started.Attempt, started.Handle));
        }

        last.AddRange(await _watch.InterruptAsync().ConfigureAwait(false));
        if (last.Count > 0)
        {
            await _study.AppendAsync(last.ToImmutable()).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
    }

    /// <summary>Begins the starts whose time has come, unless the study has changed its mind meanwhile.</summary>
    private void BeginStarts()
    {
        StudyState state = _study.Record.State;
        foreach (StudyCommand.Start start in _later.TakeDue())
        {
            if (StudyPlan.StillStarts(state, start.Trial, start.Attempt))
            {
                _starting++;
                InBackground(() => StartAsync(start));
            }
        }
    }

    private async Task StartAsync(StudyCommand.Start start)
    {
        // A run that outlives its host is found again by whoever comes next: nobody has to wait for its start.
        CancellationToken patience = _study.Runner.OutlivesHost ? _over.Token : CancellationToken.None;
        StartResult result = await _study
            .Runner.StartAsync(TrialStart.Of(_study.Record, start.Trial, start.Attempt), patience)
            .ConfigureAwait(false);
        Arrive(
            result.Handle is { } handle
                ? new StudyEvent.Started(_study.Now, start.Trial, start.Attempt, handle)
                : new StudyEvent.Finished(_study.Now, start.Trial, start.Attempt, result.Outcome!)
        );
    }

    private Task StopAsync(TrialRun run) =>
        _study.Runner.StopAsync(run, StopText.Of(_study.Record.State.Reason), _over.Token);

    private async Task WakeAsync(DateTimeOffset deadline)
    {
        // Timers reach some weeks at most: a long time is waited for in days.
        for (TimeSpan left = deadline - _study.Now; left > TimeSpan.Zero; left = deadline - _study.Now)
        {
            TimeSpan next = left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1);
            await Task.Delay(next, _study.Time, _over.Token).ConfigureAwait(false);
        }

        Arrive(new StudyEvent.TimeLimitReached(_study.Now, deadline));
    }

    private void Arrive(StudyEvent fact) => _arrived.Writer.TryWrite(fact);

    private List<StudyEvent> Arrivals()
    {
        var arrivals = new List<StudyEvent>();
        while (_arrived.Reader.TryRead(out StudyEvent? fact))
        {
            _starting -= fact is StudyEvent.Started or StudyEvent.Finished ? 1 : 0;
            arrivals.Add(fact);
        }

        return arrivals;
    }

    /// <summary>
    /// The end comes by itself, when no start is under way that could still bring a run to be stopped. What else is ready
    /// goes first: it may call for the study to go on, and the reducer then refuses the end.
    /// </summary>
    private async Task<ImmutableArray<StudyEvent>> WithEndAsync(ImmutableArray<StudyEvent> ready)
    {
        if (_ending is not { } reason || _starting > 0 || !ready.IsEmpty)
        {
            return ready;
        }

        if (!StudyPlan.For(_study.Record.State).Any(command => command is StudyCommand.End))
        {
            // A start that was under way brought a run, or a wish let the study go on: it has no end yet.
            _ending = null;
            return ready;
        }

        // Before the end is written down: whoever dies in between sweeps again.
        await _study.Runner.SweepAsync(_study.Id, _over.Token).ConfigureAwait(false);
        _ending = null;
        return [new StudyEvent.Ended(_study.Now, reason)];
    }

    private async Task WaitAsync()
    {
        _arrival ??= _arrived.Reader.WaitToReadAsync(_over.Token).AsTask();
        _wish ??= _study.Inbox?.WaitForNewsAsync(_over.Token) ?? Task.Delay(Timeout.Infinite, _over.Token);
        Task first = await Task.WhenAny(
                _arrival,
                _wish,
                _watch.NewsAsync(_over.Token),
                _later.DueAsync(_over.Token),
                _capacity.DueAsync(_over.Token)
            )
            .ConfigureAwait(false);
        _interrupt.ThrowIfCancellationRequested();
        await first.ConfigureAwait(false);
        _arrival = _arrival.IsCompleted ? null : _arrival;
        _wish = _wish.IsCompleted ? null : _wish;
    }

    private void InBackground(Func<Task> work) => _ = PassOnFailureAsync(work);

    /// <summary>What fails in the background fails the host: it comes out of the next wait.</summary>
    private async Task PassOnFailureAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The study is over, or its host is.
        }
        catch (Exception e)
        {
            _arrived.Writer.TryComplete(e);
        }
    }
}
