using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>
/// Carries out a study's commands by durable activities. Each answers what the log holds beyond what was seen, so that whichever
/// ends first, facts are folded once and in the log's order. A command stays open until the state no longer calls for it: an
/// activity that came to nothing is called again.
/// </summary>
/// <remarks>
/// This is orchestrator code: it runs anew from its history at each step. Everything it awaits and goes through is in a fixed
/// order, and it knows no time but <see cref="IOrchestration.Now"/>.
/// </remarks>
internal sealed class DurableScheduler : IStudyScheduler
{
    /// <summary>After so many activities and timers the next execution takes over: each step runs all before it again.</summary>
    private const int MostSteps = 200;

    private readonly TaskCompletionSource _exhausted = new();
    private readonly List<ErrandUnderWay> _underWay = [];
    private readonly IOrchestration _durable;
    private readonly NewsWaiter _news;
    private readonly ProgressBoard _board;
    private readonly Alarm _alarm;
    private readonly ErrandList _errands;
    private int _called;

    public DurableScheduler(
        IOrchestration durable,
        string study,
        StudyStanding standing,
        NewsWaiter news,
        Alarm alarm,
        ProgressBoard board
    )
    {
        _durable = durable;
        _news = news;
        _board = board;
        _alarm = alarm;
        _errands = new ErrandList(study, standing.LastEventAt, durable.Now);
        State = standing.State!;
        Version = standing.Version;
    }

    /// <summary>Completes when this execution has made enough of history and nothing that it called is under way.</summary>
    public Task Exhausted => _exhausted.Task;

    /// <summary>The fold of what was seen of the log.</summary>
    public StudyState State { get; private set; }

    /// <summary>How much was seen of it.</summary>
    public long Version { get; private set; }

    /// <summary>What keeps the study from going on; null when nothing does.</summary>
    public string? Trouble => _errands.Trouble;

    public void Schedule(ImmutableArray<StudyCommand> commands) => _errands.Add(commands);

    public async Task<ImmutableArray<StudyEvent>> NextEventsAsync()
    {
        while (true)
        {
            Task[] awaited = _called + _alarm.Made < MostSteps ? Begin() : [.. _underWay.Select(u => u.Answer)];
            if (awaited.Length == 0)
            {
                // Nothing more comes of this execution: the loop waits here for ever, and is left behind.
                _exhausted.SetResult();
                await new TaskCompletionSource().Task;
            }

            _board.Show(State, Trouble);
            await Task.WhenAny(awaited);
            ImmutableArray<StudyEvent> facts = await TakeAsync();
            if (!facts.IsEmpty)
            {
                _errands.HasNews(_durable.Now);
                return facts;
            }
        }
    }

    /// <summary>Calls every activity whose time has come.</summary>
    /// <returns>What to wait for: activities, the time of the next one, news.</returns>
    private Task[] Begin()
    {
        DateTimeOffset now = _durable.Now;
        DateTimeOffset? due = null;
        foreach (Errand errand in _errands.For(State, Version, now, _underWay))
        {
            if (errand.From <= now)
            {
                _called++;
                _underWay.Add(new ErrandUnderWay(errand, _durable.CallAsync<LogSlice>(errand.Activity, errand.Order)));
                _errands.Begun(errand);
            }
            else if (!(due <= errand.From))
            {
                due = errand.From;
            }
        }

        Task[] timer = _alarm.RingAsync(due) is { } next ? [next] : [];
        return [.. _underWay.Select(u => u.Answer), .. timer, _news.Arrived];
    }

    /// <summary>Takes in whatever has come.</summary>
    /// <returns>The facts that are new, in the log's order.</returns>
    private async Task<ImmutableArray<StudyEvent>> TakeAsync()
    {
        if (_news.Take())
        {
            _errands.Look();
        }

        var facts = ImmutableArray.CreateBuilder<StudyEvent>();
        foreach (ErrandUnderWay done in _underWay.Where(u => u.Answer.IsCompleted).ToList())
        {
            _underWay.Remove(done);
            (LogSlice? slice, string? trouble) = await AnswerAsync(done.Answer);
            if (slice is not null)
            {
                facts.AddRange(Fold(slice));
            }

            _errands.Done(done.Errand, slice, trouble, State, _durable.Now);
        }

        return facts.ToImmutable();
    }

    private static async Task<(LogSlice? Slice, string? Trouble)> AnswerAsync(Task<LogSlice> answer)
    {
        try
        {
            LogSlice slice = await answer;
            return (slice, slice.Trouble);
        }
        catch (ActivityFaultException fault)
        {
            return (null, fault.Message);
        }
    }

    /// <summary>Folds what was not seen before: slices of activities side by side overlap.</summary>
    private StudyEvent[] Fold(LogSlice slice)
    {
        StudyEvent[] fresh = [.. slice.Facts.Where(f => f.Position >= Version).Select(f => f.Fact)];
        State = fresh.Aggregate(State, StudyReducer.Reduce);
        Version = Math.Max(Version, slice.To);
        return fresh;
    }
}
