using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Studies;

/// <summary>A study's trials kept the plain way, with variables: what <see cref="StudyRecord"/> must agree with.</summary>
public sealed class NaiveStudy(int maxAttempts)
{
    private readonly List<NaiveTrial> _trials = [];
    private readonly List<int> _completed = [];
    private bool _exists;

    /// <summary>The trials by number.</summary>
    public IReadOnlyList<NaiveTrial> Trials => _trials;

    /// <summary>Numbers of the trials that ended by themselves, in that order.</summary>
    public IReadOnlyList<int> Completed => _completed;

    /// <summary>Takes in an event.</summary>
    /// <param name="fact">The event.</param>
    /// <param name="wasOver">Whether the study was over before it.</param>
    /// <param name="isOver">Whether the study is over after it.</param>
    public void Apply(StudyEvent fact, bool wasOver, bool isOver)
    {
        _exists |= fact is StudyEvent.Created;
        if (!_exists || wasOver)
        {
            return;
        }

        switch (fact)
        {
            case StudyEvent.Suggested e:
                foreach (SuggestedTrial trial in e.Trials.Where(t => t.Number == _trials.Count))
                {
                    _trials.Add(new NaiveTrial());
                }

                break;
            case StudyEvent.Started e when Find(e.Trial, e.Attempt) is { State: TrialState.Waiting } trial:
                trial.State = TrialState.Running;
                trial.Values.Clear();
                break;
            case StudyEvent.Reported e when Find(e.Trial, e.Attempt) is { State: TrialState.Running } trial:
                foreach ((string name, double value) in e.Values)
                {
                    trial.Values.TryAdd((e.Step, name), value);
                }

                break;
            case StudyEvent.Finished e
                when Find(e.Trial, e.Attempt) is { State: TrialState.Waiting or TrialState.Running } trial:
                Finish(e.Trial, trial, e.Outcome);
                break;
            case StudyEvent.Ended when isOver:
                _trials.Where(t => t.State == TrialState.Waiting).ToList().ForEach(t => t.State = TrialState.Cancelled);
                break;
            default:
                break;
        }
    }

    private NaiveTrial? Find(int trial, int attempt) =>
        trial < _trials.Count && _trials[trial].Attempt == attempt ? _trials[trial] : null;

    private void Finish(int number, NaiveTrial trial, TrialOutcome outcome)
    {
        trial.Losses += outcome is TrialOutcome.Lost ? 1 : 0;
        if (
            outcome is TrialOutcome.Interrupted or TrialOutcome.Deferred
            || (outcome is TrialOutcome.Lost && trial.Losses < maxAttempts)
        )
        {
            trial.State = TrialState.Waiting;
            trial.Attempt++;
            return;
        }

        trial.Loss = (outcome as TrialOutcome.Succeeded)?.Result.Loss;
        trial.State = outcome switch
        {
            TrialOutcome.Succeeded => TrialState.Succeeded,
            TrialOutcome.Failed => TrialState.Failed,
            TrialOutcome.Cancelled => TrialState.Cancelled,
            _ => TrialState.Lost,
        };
        if (outcome is not TrialOutcome.Cancelled)
        {
            _completed.Add(number);
        }
    }
}
