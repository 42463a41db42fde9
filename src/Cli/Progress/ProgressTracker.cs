using System.Collections.Immutable;
using FunctionTune.Cli.Output;
using FunctionTune.History;
using FunctionTune.Studies;

namespace FunctionTune.Cli.Progress;

/// <summary>
/// Takes snapshots of a study that goes on. What a snapshot costs does not depend on how many trials the study has: it keeps
/// what it saw before.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ProgressTracker(TimeProvider time)
{
    private const int MostRows = 8;
    private const int MostPoints = 64;

    private readonly List<double> _trace = [];
    private int _seen;
    private int _every = 1;
    private int _skipped;
    private double _best = double.PositiveInfinity;
    private int? _endedBefore;
    private DateTimeOffset _since;
    private string? _failure;
    private ProgressSnapshot.Top? _top;

    /// <summary>The study as it is now.</summary>
    public ProgressSnapshot Take(StudyRecord study)
    {
        StudyState state = study.State;
        int ended = state.Counts.Completed + state.Counts.Cancelled;
        if (_endedBefore is null)
        {
            (_endedBefore, _since) = (ended, time.GetUtcNow());
        }

        Follow(study);
        return new ProgressSnapshot(
            study.Spec.Name,
            study.Spec.Algo.Name,
            state.Status,
            ended,
            state.Limits.MaxEvals,
            Top(study),
            Trace(),
            [.. state.Live.Keys.Take(MostRows).Select(number => Row(study, number))],
            state.Live.Count,
            state.Counts.Failed + state.Counts.Lost,
            _failure,
            ended - _endedBefore.Value,
            _since,
            state.Deadline
        );
    }

    private void Follow(StudyRecord study)
    {
        for (; _seen < study.Completed.Count; _seen++)
        {
            TrialRecord trial = study.Trials[study.Completed[_seen]];
            switch (trial.Outcome)
            {
                case TrialOutcome.Succeeded succeeded:
                    Add(succeeded.Result.Loss);
                    break;
                case TrialOutcome.Failed failed:
                    _failure = failed.Message;
                    break;
                case TrialOutcome.Lost lost:
                    _failure = lost.Message;
                    break;
                default:
                    break;
            }
        }
    }

    // Keeps every so many-th point; when there are too many, every second of these.
    private void Add(double loss)
    {
        _best = Math.Min(_best, loss);
        if (++_skipped < _every)
        {
            return;
        }

        _skipped = 0;
        _trace.Add(_best);
        if (_trace.Count > MostPoints)
        {
            double[] half = [.. _trace.Where((_, i) => i % 2 == 0)];
            _trace.Clear();
            _trace.AddRange(half);
            _every *= 2;
        }
    }

    private ImmutableArray<double> Trace() =>
        _trace.Count == 0 || _trace[^1] == _best ? [.. _trace] : [.. _trace, _best];

    private ProgressSnapshot.Top? Top(StudyRecord study)
    {
        if (study.Best is { } best && _top?.Trial != best.Number)
        {
            string parameters = ParameterText.Line(study.Spec.Space, best.Point);
            _top = new ProgressSnapshot.Top(best.Number, best.Loss!.Value, parameters);
        }

        return _top;
    }

    private static ProgressSnapshot.Row Row(StudyRecord study, int number)
    {
        TrialRecord trial = study.Trials[number];
        string parameters = ParameterText.Line(study.Spec.Space, trial.Point);
        return new ProgressSnapshot.Row(number, trial.StartedAt ?? trial.SuggestedAt, parameters);
    }
}
