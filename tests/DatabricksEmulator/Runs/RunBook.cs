using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.DatabricksEmulator.Tasks;
using FunctionTune.DatabricksEmulator.Wire;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>All runs of a workspace.</summary>
public sealed class RunBook
{
    private const long FirstId = 455_000_000_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Run> _runs = [];
    private readonly Dictionary<long, (Run Run, TaskRun Task)> _tasks = [];
    private readonly Dictionary<string, long> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _launches = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastId = FirstId;

    internal RunBook() { }

    /// <summary>How many runs were launched.</summary>
    public int Launched { get; private set; }

    /// <summary>How many runs have not ended.</summary>
    public int Alive { get; private set; }

    /// <summary>How many tasks are being carried out.</summary>
    public int Running { get; private set; }

    /// <summary>How many tasks were carried out at the same time at most.</summary>
    public int MostRunning { get; private set; }

    /// <summary>How often a run was launched for each idempotency token.</summary>
    public ImmutableSortedDictionary<string, int> LaunchesByToken
    {
        get
        {
            lock (_gate)
            {
                return _launches.ToImmutableSortedDictionary(StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The runs, in the order in which they were submitted.</summary>
    public ImmutableArray<RunInfo> All => [.. Read(runs => runs.OrderBy(run => run.Id).Select(RunInfo.Of).ToArray())];

    /// <summary>Ends a run as the platform does when something breaks.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="code">The termination code, as DRIVER_ERROR.</param>
    /// <param name="message">Why.</param>
    public void End(long runId, string code, string message) =>
        Ask(run => run.Id == runId, Ending.Of(TaskResult.Platform(code, message)));

    /// <summary>Deletes a run that has ended, as the real workspace does after 60 days. Its token is not free again.</summary>
    /// <param name="runId">The run.</param>
    public void Delete(long runId)
    {
        lock (_gate)
        {
            Run run = Find(runId);
            if (run.IsActive)
            {
                throw new InvalidOperationException("A run is deleted only when it has ended.");
            }

            _runs.Remove(runId);
            foreach (TaskRun task in run.Tasks)
            {
                _tasks.Remove(task.Id);
            }
        }
    }

    /// <summary>Waits until something holds.</summary>
    /// <param name="holds">What; it is asked again whenever a run has changed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task UntilAsync(Func<RunBook, bool> holds, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (holds(this))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Makes a run, unless its token has one already.</summary>
    /// <param name="body">The checked request.</param>
    /// <returns>The run's id, and the run when it is new.</returns>
    internal (long Id, Run? New) Submit(JsonElement body)
    {
        lock (_gate)
        {
            string? token = body.TryGetProperty("idempotency_token", out JsonElement text) ? text.GetString() : null;
            if (token is { Length: > 0 } && _tokens.TryGetValue(token, out long known))
            {
                return _runs.ContainsKey(known)
                    ? (known, null)
                    : throw ApiException.Invalid($"The run of the idempotency token {token} has been deleted.");
            }

            Run run = Make(body);
            if (run.Token is not null)
            {
                _tokens.Add(run.Token, run.Id);
                _launches[run.Token] = _launches.GetValueOrDefault(run.Token) + 1;
            }

            Launched++;
            Alive++;
            Tell();
            return (run.Id, run);
        }
    }

    /// <summary>Reads the runs at one moment.</summary>
    internal T Read<T>(Func<IReadOnlyCollection<Run>, T> read)
    {
        lock (_gate)
        {
            return read(_runs.Values);
        }
    }

    /// <summary>Reads a run, or the run that a task belongs to.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    internal T Read<T>(long id, Func<Run, TaskRun?, T> read)
    {
        lock (_gate)
        {
            return _tasks.TryGetValue(id, out (Run Run, TaskRun Task) found)
                ? read(found.Run, found.Task)
                : read(Find(id), null);
        }
    }

    /// <summary>Changes something about a run.</summary>
    internal void Change(Run run, Action change)
    {
        lock (_gate)
        {
            int alive = run.IsActive ? 1 : 0;
            int running = RunningOf(run);
            change();
            Alive += (run.IsActive ? 1 : 0) - alive;
            Running += RunningOf(run) - running;
            MostRunning = Math.Max(MostRunning, Running);
            Tell();
        }
    }

    /// <summary>Asks the runs that <paramref name="which"/> chooses to stop.</summary>
    internal void Ask(Func<Run, bool> which, Ending reason)
    {
        lock (_gate)
        {
            foreach (Run run in _runs.Values.Where(which))
            {
                run.Ask(reason);
            }
        }
    }

    private Run Make(JsonElement body)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        long id = ++_lastId;
        ImmutableArray<TaskRun> tasks =
        [
            .. body.GetProperty("tasks")
                .EnumerateArray()
                .Select(task => new TaskRun(++_lastId, task)
                {
                    Submitted = now,
                    Phase = task.TryGetProperty("depends_on", out _) ? RunPhase.Blocked : RunPhase.Pending,
                }),
        ];
        var run = new Run(id, body, tasks, now);
        _runs.Add(id, run);
        foreach (TaskRun task in tasks)
        {
            _tasks.Add(task.Id, (run, task));
        }

        return run;
    }

    private Run Find(long id) => _runs.GetValueOrDefault(id) ?? throw ApiException.NoRun(id);

    private static int RunningOf(Run run) => run.Tasks.Count(task => task.Phase is RunPhase.Running);

    private void Tell()
    {
        TaskCompletionSource changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
