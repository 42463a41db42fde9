using System.Collections.Immutable;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Scripted;

/// <summary>
/// A service that carries out runs by a script, on a virtual clock, whatever becomes of the hosts that asked for them. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="script">The course of each attempt: the same whenever it is asked.</param>
public sealed class ScriptedCluster(VirtualTime time, Func<TrialStart, ScriptedCourse> script)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ScriptedRun> _runs = new(StringComparer.Ordinal);
    private readonly List<TaskCompletionSource> _waiters = [];
    private readonly List<(int Trial, int Attempt)> _asked = [];

    /// <summary>The clock.</summary>
    public VirtualTime Time => time;

    /// <summary>What the cluster carries; null when it does not know.</summary>
    public RunnerCapacity? Capacity { get; set; }

    /// <summary>How often a run ended or reported something.</summary>
    public long Version { get; private set; }

    /// <summary>Every start that was asked for.</summary>
    public ImmutableArray<(int Trial, int Attempt)> Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>All runs, in no order.</summary>
    public ImmutableArray<ScriptedRun> Runs
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs.Values];
            }
        }
    }

    /// <summary>The runs under way.</summary>
    public IEnumerable<ScriptedRun> UnderWay => Runs.Where(run => run.Ends > time.GetUtcNow());

    /// <summary>A run; null when there is none of that token.</summary>
    public ScriptedRun? Find(string token)
    {
        lock (_gate)
        {
            return _runs.GetValueOrDefault(token);
        }
    }

    internal StartResult Start(TrialStart start)
    {
        ScriptedCourse course = script(start);
        lock (_gate)
        {
            _asked.Add((start.Trial, start.Attempt));
            if (!course.IsTaken)
            {
                return new StartResult(null, course.Outcome);
            }

            if (!_runs.ContainsKey(start.Token))
            {
                var run = new ScriptedRun(start, course, time.GetUtcNow());
                _runs.Add(start.Token, run);
                foreach (TimeSpan at in course.Reports.Append(course.Duration))
                {
                    time.At(run.Began + at, Tell);
                }
            }
        }

        return new StartResult(System.Text.Json.JsonSerializer.SerializeToElement(start.Token), null);
    }

    internal void Stop(string token, string reason)
    {
        if (Find(token) is { } run && run.Stop(time.GetUtcNow(), reason))
        {
            time.At(run.Ends, Tell);
        }
    }

    internal void Sweep(StudyId study)
    {
        foreach (ScriptedRun run in UnderWay.Where(run => run.Start.Study == study))
        {
            Stop(run.Start.Token, "swept");
        }
    }

    /// <summary>Completes when the version is another than the one that was seen.</summary>
    internal Task ChangeAsync(long seen, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource();
        cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        lock (_gate)
        {
            if (Version != seen)
            {
                return Task.CompletedTask;
            }

            _waiters.Add(waiter);
        }

        return waiter.Task;
    }

    private void Tell()
    {
        TaskCompletionSource[] waiters;
        lock (_gate)
        {
            Version++;
            waiters = [.. _waiters];
            _waiters.Clear();
        }

        foreach (TaskCompletionSource waiter in waiters)
        {
            waiter.TrySetResult();
        }
    }
}
