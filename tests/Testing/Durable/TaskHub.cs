using System.Text;
using System.Text.Json;
using FunctionTune.Service.Durable;

namespace FunctionTune.Testing.Durable;

/// <summary>
/// Plays Durable Task in memory, by its rules: an orchestration's code is run again from its history at every step, activities run
/// at least once, continue-as-new drops what it drops. Time is virtual: all work that is ready is done, then the clock goes on
/// to the next thing that is due. Driven by one thread: the one that calls <see cref="Run"/>.
/// </summary>
public sealed class TaskHub
{
    // For activities that wait for the world, such as a disk: how often, and how long each time.
    private const int MostWaits = 5_000;
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(1);

    private readonly VirtualTime _time;
    private readonly Func<IOrchestration, StudyRun, Task> _code;
    private readonly HubRules _rules;
    private readonly HubWorkers _workers;
    private readonly HubLines _lines = new();
    private readonly Dictionary<string, HubInstance> _instances = new(StringComparer.Ordinal);
    private readonly Queue<Action> _ready = new();

    /// <summary>A hub without instances.</summary>
    /// <param name="time">The clock, the same as that of the activities and of what they call.</param>
    /// <param name="code">The orchestration.</param>
    /// <param name="hire">Gives a new worker its activities; what they call outside passes <see cref="WorkerLife.PassAsync"/>.</param>
    /// <param name="rules">How the hub works; null for a hub where nothing takes time or goes wrong.</param>
    public TaskHub(
        VirtualTime time,
        Func<IOrchestration, StudyRun, Task> code,
        Func<WorkerLife, ActivityTable> hire,
        HubRules? rules = null
    )
    {
        (_time, _code, _rules) = (time, code, rules ?? new HubRules());
        _workers = new HubWorkers(time, _rules, Figures, hire, Ready) { Ended = Answered };
    }

    /// <summary>What the hub had to carry so far.</summary>
    public HubFigures Figures { get; } = new();

    /// <summary>What orchestrations logged, each line once.</summary>
    public IReadOnlyList<string> Lines => _lines.Written;

    /// <summary>Begins an instance.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="run">What it is told.</param>
    /// <returns>False when there is one of that id that has not come to its end.</returns>
    public bool Begin(string id, StudyRun run)
    {
        if (StatusOf(id) == InstanceStatus.Running)
        {
            return false;
        }

        var instance = new HubInstance(id, JsonSerializer.Serialize(run, _rules.Json), _rules, Figures, _lines);
        instance.Begun();
        _instances[id] = instance;
        StepSoon(instance);
        return true;
    }

    /// <summary>The ids of all instances, in ordinal order.</summary>
    public IEnumerable<string> Instances => _instances.Keys.Order(StringComparer.Ordinal).ToList();

    /// <summary>Where an instance stands; null when there is none.</summary>
    public InstanceStatus? StatusOf(string id) => _instances.GetValueOrDefault(id)?.Status;

    /// <summary>When an instance made its last step.</summary>
    public DateTimeOffset ChangedAt(string id) => _instances[id].ChangedAt;

    /// <summary>What an instance shows of itself; null when it shows nothing.</summary>
    public string? CustomStatusOf(string id) => _instances.GetValueOrDefault(id)?.CustomStatus;

    /// <summary>Why an instance failed; null when it did not.</summary>
    public string? FailureOf(string id) => _instances.GetValueOrDefault(id)?.Failure;

    /// <summary>Sends an event to an instance; one that is not there, or over, never gets it.</summary>
    public void Raise(string id, string name, string payload)
    {
        if (_rules.Mischief.LosesEvent())
        {
            Figures.EventsLost++;
        }
        else if (_instances.TryGetValue(id, out HubInstance? instance))
        {
            Deliver(instance, instance.Execution, new HistoryRow.Raised(name, JsonSerializer.Serialize(payload)));
        }
    }

    /// <summary>Ends an instance from outside: its code never runs again, its activities under way come to their end.</summary>
    public void Terminate(string id) => _instances[id].Status = InstanceStatus.Terminated;

    /// <summary>Forgets an instance.</summary>
    public void Purge(string id) => _instances.Remove(id);

    /// <summary>Ends the worker without a word; another takes over what it had in hand, after a while.</summary>
    public void KillWorker() => _workers.Kill();

    /// <summary>Lets everything happen until <paramref name="enough"/> holds.</summary>
    /// <exception cref="DurableRuleException">A rule was broken, or nothing will ever happen any more.</exception>
    public void Run(Func<bool> enough)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (!enough())
            {
                if (Next() is { } next)
                {
                    next();
                }
                else
                {
                    Require(_time.Advance(), "Nothing is under way, and nothing will ever happen any more.");
                }
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new DurableRuleException(rule);
        }
    }

    private void Ready(Action action)
    {
        lock (_ready)
        {
            _ready.Enqueue(action);
            Monitor.Pulse(_ready);
        }
    }

    /// <summary>What is ready; null when all that is under way waits for the clock.</summary>
    private Action? Next()
    {
        lock (_ready)
        {
            Action? next;
            for (int waits = 0; !_ready.TryDequeue(out next) && _workers.AreBusy; waits++)
            {
                Require(waits < MostWaits, "An activity waits for something that is not on the hub's clock.");
                Monitor.Wait(_ready, s_wait);
            }

            return next;
        }
    }

    private void Deliver(HubInstance instance, int execution, HistoryRow row)
    {
        bool known = _instances.TryGetValue(instance.Id, out HubInstance? present) && present == instance;
        if (known && instance.Status == InstanceStatus.Running && instance.Execution == execution)
        {
            instance.Inbox.Add(row);
            StepSoon(instance);
        }
    }

    private void StepSoon(HubInstance instance)
    {
        if (instance.StepIsDue)
        {
            return;
        }

        instance.StepIsDue = true;
        if (_rules.StepLatency > TimeSpan.Zero)
        {
            _time.At(_time.GetUtcNow() + _rules.StepLatency, () => Step(instance));
        }
        else
        {
            Ready(() => Step(instance));
        }
    }

    private void Step(HubInstance instance)
    {
        instance.StepIsDue = false;
        if (instance.Status != InstanceStatus.Running)
        {
            return;
        }

        int execution = instance.Execution;
        foreach (HubAction action in instance.Step(_code, _time.GetUtcNow()))
        {
            switch (action)
            {
                case HubAction.Activity activity:
                    _workers.Take(new HubWork(instance, execution, activity, 1));
                    break;
                case HubAction.Timer timer:
                    Figures.Timers++;
                    _time.At(
                        timer.Due + _rules.Mischief.TimerError(),
                        () => Deliver(instance, execution, new HistoryRow.Rang(timer.Call))
                    );
                    break;
                default:
                    throw new InvalidOperationException($"Unknown action {action}.");
            }
        }

        if (instance.Execution != execution)
        {
            StepSoon(instance);
        }
    }

    private void Answered(HubWork work, string? answer, Exception? failure)
    {
        int call = work.Activity.Call;
        if (answer is not null)
        {
            int bytes = Encoding.UTF8.GetByteCount(answer);
            Figures.MostAnswerBytes = Math.Max(Figures.MostAnswerBytes, bytes);
            Figures.AnswerBytes += bytes;
            Deliver(work.Instance, work.Execution, new HistoryRow.Answered(call, answer));
        }
        else if (work.Try < _rules.Tries)
        {
            Figures.Faults++;
            work.Instance.CountTry();
            HubWork again = work with { Try = work.Try + 1 };
            _time.At(_time.GetUtcNow() + _rules.BetweenTries, () => _workers.Take(again));
        }
        else
        {
            Deliver(work.Instance, work.Execution, new HistoryRow.Failed(call, failure!.Message));
        }
    }
}
