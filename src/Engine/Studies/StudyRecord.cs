using FunctionTune.History;
using FunctionTune.Spaces;

namespace FunctionTune.Studies;

/// <summary>
/// A study as its log tells it, with every trial: what people look at and suggesters learn from. One acceptance rule serves
/// both: an event that <see cref="StudyReducer"/> finds repeated or late changes nothing here either. Not thread-safe.
/// </summary>
public sealed class StudyRecord
{
    private readonly List<TrialRecord> _trials = [];
    private readonly List<int> _completed = [];
    private StudySpec? _spec;
    private TrialHistory? _history;

    /// <summary>The study's id.</summary>
    public StudyId Id { get; private set; }

    /// <summary>What it is to do.</summary>
    /// <exception cref="InvalidOperationException">The log was empty.</exception>
    public StudySpec Spec => _spec ?? throw new InvalidOperationException("The study has no events.");

    /// <summary>The compact state: status, counts, best trial.</summary>
    public StudyState State { get; private set; } = StudyState.Empty;

    /// <summary>How many events were folded.</summary>
    public long Version { get; private set; }

    /// <summary>When the study was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the latest event came.</summary>
    public DateTimeOffset LastEventAt { get; private set; }

    /// <summary>The trials by number.</summary>
    public IReadOnlyList<TrialRecord> Trials => _trials;

    /// <summary>Numbers of the trials that ended by themselves, in the order in which they ended.</summary>
    public IReadOnlyList<int> Completed => _completed;

    /// <summary>What suggesters see.</summary>
    public TrialHistory History => _history ?? throw new InvalidOperationException("The study has no events.");

    /// <summary>The best trial; null before the first success.</summary>
    public TrialRecord? Best => State.Best is { } best ? _trials[best.Trial] : null;

    /// <summary>The record of a study from its events.</summary>
    /// <param name="events">All events, oldest first.</param>
    public static StudyRecord From(IEnumerable<StudyEvent> events)
    {
        var record = new StudyRecord();
        foreach (StudyEvent fact in events)
        {
            record.Apply(fact);
        }

        return record;
    }

    /// <summary>Folds one more event.</summary>
    /// <param name="fact">The next event of the log.</param>
    public void Apply(StudyEvent fact)
    {
        Version++;
        LastEventAt = fact.At;
        StudyState before = State;
        State = StudyReducer.Reduce(before, fact);
        if (fact is StudyEvent.Reported reported)
        {
            Report(reported);
        }
        else if (!ReferenceEquals(before, State))
        {
            Change(before, fact);
        }
    }

    private void Change(StudyState before, StudyEvent fact)
    {
        switch (fact)
        {
            case StudyEvent.Created e:
                (Id, _spec, CreatedAt) = (e.Id, e.Spec, e.At);
                _history = new TrialHistory(e.Spec.Space);
                break;
            case StudyEvent.Suggested e:
                foreach (SuggestedTrial trial in e.Trials.Where(t => t.Number >= before.NextTrial))
                {
                    Add(trial, e.At);
                }

                break;
            case StudyEvent.Started e:
                Update(
                    _trials[e.Trial] with
                    {
                        State = TrialState.Running,
                        Attempts = e.Attempt,
                        StartedAt = e.At,
                        Values = ReportedValues.None,
                    }
                );
                break;
            case StudyEvent.Finished e:
                Finish(e);
                break;
            case StudyEvent.Ended e:
                foreach (int number in before.Waiting.Keys)
                {
                    Update(_trials[number] with { State = TrialState.Cancelled, EndedAt = e.At });
                }

                break;
            default:
                break;
        }
    }

    private void Add(SuggestedTrial trial, DateTimeOffset at)
    {
        Point point = Spec.Space.FromLabels(trial.Point);
        _trials.Add(
            new TrialRecord(trial.Number, point, trial.Source)
            {
                Reason = trial.Reason,
                Why = trial.Why,
                SuggestedAt = at,
            }
        );
        History.Record(new Observation(trial.Number, point, LossKind.Pending, double.NaN, double.NaN));
    }

    private void Finish(StudyEvent.Finished fact)
    {
        bool again = State.Waiting.ContainsKey(fact.Trial);
        Update(
            _trials[fact.Trial] with
            {
                State = again ? TrialState.Waiting : StateAfter(fact.Outcome),
                Attempts = fact.Attempt,
                EndedAt = again ? null : fact.At,
                Outcome = fact.Outcome,
            }
        );
        if (!again && fact.Outcome is not TrialOutcome.Cancelled)
        {
            _completed.Add(fact.Trial);
        }
    }

    private void Report(StudyEvent.Reported fact)
    {
        if (State.Live.TryGetValue(fact.Trial, out LiveTrial? live) && live.Attempt == fact.Attempt)
        {
            TrialRecord trial = _trials[fact.Trial];
            Update(trial with { Values = trial.Values.With(new IntermediateValue(fact.Step, fact.Values)) });
        }
    }

    private void Update(TrialRecord trial)
    {
        _trials[trial.Number] = trial;
        History.Record(TrialObservation.Of(trial));
    }

    private static TrialState StateAfter(TrialOutcome outcome) =>
        outcome switch
        {
            TrialOutcome.Succeeded => TrialState.Succeeded,
            TrialOutcome.Failed => TrialState.Failed,
            TrialOutcome.Cancelled => TrialState.Cancelled,
            _ => TrialState.Lost,
        };
}
