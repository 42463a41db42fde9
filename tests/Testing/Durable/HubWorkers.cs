using System.Text;

namespace FunctionTune.Testing.Durable;

/// <summary>
/// Carries out activities, some side by side: one worker at a time, and another when it dies. What a dead worker had in hand is
/// given to the next one after a while.
/// </summary>
internal sealed class HubWorkers(
    VirtualTime time,
    HubRules rules,
    HubFigures figures,
    Func<WorkerLife, ActivityTable> hire,
    Action<Action> ready
)
{
    private readonly Queue<HubWork> _queue = new();
    private readonly List<HubWork.Attempt> _inHand = [];
    private WorkerLife? _worker;
    private ActivityTable? _activities;
    private int _hired;

    /// <summary>Told of an answer: the work, the answer or why there is none.</summary>
    public required Action<HubWork, string?, Exception?> Ended { get; init; }

    /// <summary>Activities that are in hand and wait neither for the clock nor for each other: they run, or wait for the world.</summary>
    public bool AreBusy => _inHand.Any(attempt => attempt.IsBegun && !time.IsWaiting(attempt));

    public void Take(HubWork work)
    {
        _queue.Enqueue(work);
        Begin();
    }

    /// <summary>Ends the worker without a word.</summary>
    public void Kill() => _worker?.End();

    private void Begin()
    {
        while (_inHand.Count < rules.MostActivities && _queue.TryDequeue(out HubWork? work))
        {
            if (_worker is null)
            {
                _worker = new WorkerLife(_hired++, rules.Mischief.Dies, Died);
                _activities = hire(_worker);
            }

            var attempt = new HubWork.Attempt(work, _worker);
            _inHand.Add(attempt);
            ActivityTable activities = _activities!;
            if (rules.ActivityLatency > TimeSpan.Zero)
            {
                time.At(time.GetUtcNow() + rules.ActivityLatency, () => Run(attempt, activities));
            }
            else
            {
                ready(() => Run(attempt, activities));
            }
        }
    }

    private void Run(HubWork.Attempt attempt, ActivityTable activities)
    {
        if (attempt.Worker.IsAlive)
        {
            _ = RunAsync(attempt, activities);
        }
    }

    private async Task RunAsync(HubWork.Attempt attempt, ActivityTable activities)
    {
        VirtualTime.Owner = attempt;
        attempt.IsBegun = true;
        HubAction.Activity activity = attempt.Work.Activity;
        figures.Activities[activity.Name] = (figures.Activities.TryGetValue(activity.Name, out int n) ? n : 0) + 1;
        figures.MostOrderBytes = Math.Max(figures.MostOrderBytes, Encoding.UTF8.GetByteCount(activity.Order));
        try
        {
            if (rules.Mischief.Faulted())
            {
                throw new IOException("The worker had no memory left.");
            }

            string answer = await AnswerAsync(activity, activities).ConfigureAwait(false);
            ready(() => End(attempt, answer, null));
        }
        catch (Exception e)
        {
            ready(() => End(attempt, null, e));
        }
    }

    private async Task<string> AnswerAsync(HubAction.Activity activity, ActivityTable activities)
    {
        Task<string> Once() => activities.RunAsync(activity.Name, activity.Order, CancellationToken.None);

        if (!rules.Mischief.IsDoubled())
        {
            return await Once().ConfigureAwait(false);
        }

        figures.Doubled++;
        if (!rules.Mischief.IsSideBySide())
        {
            await Once().ConfigureAwait(false);
            return await Once().ConfigureAwait(false);
        }

        string[] answers = await Task.WhenAll(Once(), Once()).ConfigureAwait(false);
        return answers[1];
    }

    private void End(HubWork.Attempt attempt, string? answer, Exception? failure)
    {
        if (!attempt.Worker.IsAlive)
        {
            return;
        }

        if (answer is not null && rules.Mischief.LosesAnswer())
        {
            attempt.Worker.End();
            return;
        }

        _inHand.Remove(attempt);
        time.Forget(attempt);
        Ended(attempt.Work, answer, failure);
        Begin();
    }

    private void Died(WorkerLife worker)
    {
        figures.Deaths++;
        _worker = null;
        foreach (HubWork.Attempt attempt in _inHand.ToList())
        {
            time.Forget(attempt);
            time.At(time.GetUtcNow() + rules.Mischief.Redelivery(), () => Take(attempt.Work));
        }

        _inHand.Clear();
        Begin();
    }
}
