using System.Collections.Immutable;
using FunctionTune.Service.Durable.Orders;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable.Orchestration;

/// <summary>What activities a study calls for, and from when on: the open commands, a look at the trials, a look at the log.</summary>
/// <param name="study">The study's id.</param>
/// <param name="lastNews">When the latest event of the log came.</param>
/// <param name="began">When this execution began.</param>
internal sealed class ErrandList(string study, DateTimeOffset lastNews, DateTimeOffset began)
{
    /// <summary>How many attempts an activity starts or stops side by side.</summary>
    private const int MostTrials = 16;

    private static readonly TimeSpan s_heartbeat = TimeSpan.FromMinutes(5);

    private readonly List<StudyCommand> _open = [];
    private readonly HashSet<string> _stopsAsked = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, BackOff> _backOffs = new(StringComparer.Ordinal);
    private DateTimeOffset _lastNews = lastNews;
    private DateTimeOffset _lastAnswer = began;
    private DateTimeOffset? _lastPoll;
    private bool _looks;

    /// <summary>What keeps the study from going on; null when nothing does.</summary>
    public string? Trouble => _backOffs.Values.Select(backOff => backOff.Trouble).FirstOrDefault(t => t is not null);

    /// <summary>Takes in new commands: they stay open until the state no longer calls for them.</summary>
    public void Add(ImmutableArray<StudyCommand> commands) => _open.AddRange(commands);

    /// <summary>There may be something new in the log.</summary>
    public void Look() => _looks = true;

    /// <summary>There was something new in the log.</summary>
    public void HasNews(DateTimeOffset now) => _lastNews = now;

    /// <summary>What is to be called and is not under way, in the order in which it should be.</summary>
    public List<Errand> For(StudyState state, long version, DateTimeOffset now, List<ErrandUnderWay> underWay)
    {
        HashSet<string> wanted = KeysOf(state);
        _open.RemoveAll(command => !wanted.Contains(command.Key));
        _stopsAsked.IntersectWith(wanted);
        HashSet<string> busy = [.. underWay.SelectMany(u => u.Errand.Keys), .. _stopsAsked];
        StudyCommand[] idle = [.. _open.Where(command => !busy.Contains(command.Key))];
        List<Errand> errands = [.. ForCommands(idle, version, now, underWay).Select(Held)];
        if (!state.Live.IsEmpty && !IsUnderWay(ActivityNames.Poll, underWay))
        {
            errands.Add(Held(Poll(version, now)));
        }

        bool isSeenAnyway = errands.Exists(e => !e.Calls(ActivityNames.Poll) && e.From <= now);
        bool isIdle = underWay.Count == 0 && !errands.Exists(e => e.From <= now);
        if (isIdle || (_looks && !isSeenAnyway))
        {
            DateTimeOffset from = _looks ? now : _lastAnswer + s_heartbeat;
            errands.Add(Held(new Errand(ActivityNames.Append, new AppendOrder(study, version), from, [])));
        }

        if (IsUnderWay(ActivityNames.Finish, underWay))
        {
            return [];
        }

        ForgetTroubles(errands, underWay);
        return errands;
    }

    /// <summary>An activity was called.</summary>
    public void Begun(Errand errand)
    {
        // Every activity answers what is new; one that waits for trials does so too late.
        _looks &= errand.Calls(ActivityNames.Poll);
    }

    /// <summary>An activity has answered.</summary>
    /// <param name="errand">Which.</param>
    /// <param name="answer">What; null when it failed.</param>
    /// <param name="trouble">What was in its way; null when nothing was.</param>
    /// <param name="state">The state, its answer folded.</param>
    /// <param name="now">The time.</param>
    public void Done(Errand errand, LogSlice? answer, string? trouble, StudyState state, DateTimeOffset now)
    {
        _lastAnswer = now;
        _looks |= answer is { More: true } || (trouble is not null && errand.Calls(ActivityNames.Append));
        if (trouble is null && errand.Calls(ActivityNames.Stop))
        {
            // What was asked to stop is looked at without delay, also when looks had trouble before.
            _stopsAsked.UnionWith(errand.Keys);
            _lastPoll = null;
            BackOffOf(ActivityNames.Poll).Note(trouble: null, now);
        }
        else if (errand.Calls(ActivityNames.Poll))
        {
            _lastPoll = now;
        }
        else if (answer is not null && answer.To == answer.From && errand.Keys.Any(KeysOf(state).Contains))
        {
            // It says that nothing is new and does not do what is called for: asked again at once it would say so again.
            trouble ??= $"{errand.Activity} came to nothing.";
        }

        BackOffOf(errand.Activity).Note(trouble, now);
    }

    private static HashSet<string> KeysOf(StudyState state) =>
        StudyPlan.For(state).Select(command => command.Key).ToHashSet(StringComparer.Ordinal);

    private static bool IsUnderWay(string activity, List<ErrandUnderWay> underWay) =>
        underWay.Exists(u => u.Errand.Calls(activity));

    private IEnumerable<Errand> ForCommands(
        StudyCommand[] idle,
        long version,
        DateTimeOffset now,
        List<ErrandUnderWay> underWay
    )
    {
        foreach (StudyCommand.End end in idle.OfType<StudyCommand.End>())
        {
            // Last of all: no start may be under way that brings a run to be stopped, and none may begin meanwhile.
            if (underWay.Count == 0)
            {
                var order = new FinishOrder(study, version, end.Reason);
                yield return new Errand(ActivityNames.Finish, order, now, [end.Key]);
            }
        }

        foreach (StudyCommand.Suggest suggest in idle.OfType<StudyCommand.Suggest>())
        {
            var order = new SuggestOrder(study, version, suggest.First);
            yield return new Errand(ActivityNames.Suggest, order, now, [suggest.Key]);
        }

        var starts = idle.OfType<StudyCommand.Start>().ToLookup(start => start.NotBefore > now);
        foreach (StudyCommand.Start[] some in starts[false].Chunk(MostTrials))
        {
            yield return Start(some, now, version);
        }

        foreach (StudyCommand.Start later in starts[true])
        {
            yield return Start([later], later.NotBefore!.Value, version);
        }

        foreach (StudyCommand.Stop[] some in idle.OfType<StudyCommand.Stop>().Chunk(MostTrials))
        {
            var order = new StopOrder(study, version, [.. some.Select(s => new TrialAttempt(s.Trial, s.Attempt))]);
            yield return new Errand(ActivityNames.Stop, order, now, [.. some.Select(s => s.Key)]);
        }

        foreach (StudyCommand.Wake wake in idle.OfType<StudyCommand.Wake>())
        {
            var order = new AppendOrder(study, version, wake.Deadline);
            yield return new Errand(ActivityNames.Append, order, wake.Deadline, [wake.Key]);
        }
    }

    private Errand Start(StudyCommand.Start[] starts, DateTimeOffset from, long version) =>
        new(
            ActivityNames.Start,
            new StartOrder(study, version, [.. starts.Select(s => new TrialAttempt(s.Trial, s.Attempt))]),
            from,
            [.. starts.Select(s => s.Key)]
        );

    private Errand Poll(long version, DateTimeOffset now)
    {
        TimeSpan quiet = _lastPoll > _lastNews ? _lastPoll.Value - _lastNews : TimeSpan.Zero;
        (TimeSpan delay, TimeSpan hold) = PollTick.After(quiet);
        return new Errand(
            ActivityNames.Poll,
            new PollOrder(study, version, hold),
            _lastPoll is { } last ? last + delay : now,
            []
        );
    }

    /// <summary>The errand, not before its activity may be tried again.</summary>
    private Errand Held(Errand errand)
    {
        DateTimeOffset until = BackOffOf(errand.Activity).Until;
        return errand.From < until ? errand with { From = until } : errand;
    }

    /// <summary>Nobody waits any more for what is called for no longer.</summary>
    private void ForgetTroubles(List<Errand> errands, List<ErrandUnderWay> underWay)
    {
        foreach (string activity in _backOffs.Keys.ToList())
        {
            if (!IsUnderWay(activity, underWay) && !errands.Exists(e => e.Calls(activity)))
            {
                _backOffs.Remove(activity);
            }
        }
    }

    private BackOff BackOffOf(string activity)
    {
        if (!_backOffs.TryGetValue(activity, out BackOff? backOff))
        {
            _backOffs.Add(activity, backOff = new BackOff());
        }

        return backOff;
    }
}
