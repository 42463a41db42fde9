using FunctionTune.DatabricksEmulator.Tasks;

namespace FunctionTune.DatabricksEmulator.Runs;

/// <summary>Takes a run from its submission to its end.</summary>
/// <param name="book">Where the run is kept.</param>
/// <param name="compute">Where its tasks run.</param>
/// <param name="execute">Carries out a task; it ends when its token is cancelled.</param>
/// <param name="terminatingDelay">How long a task that has ended is being cleared away.</param>
internal sealed class RunCourse(
    RunBook book,
    Compute compute,
    Func<SubmittedTask, CancellationToken, Task<TaskResult>> execute,
    TimeSpan terminatingDelay
)
{
    /// <summary>Carries out all tasks of a run, each after those that it depends on.</summary>
    public async Task GoAsync(Run run)
    {
        await Task.Yield();
        var courses = new Dictionary<string, Task<Ending>>(StringComparer.Ordinal);
        foreach (TaskRun task in run.Tasks)
        {
            courses.Add(task.Key, GoAsync(run, task, [.. task.DependsOn.Select(key => courses[key])]));
        }

        await Task.WhenAll(courses.Values);
        book.Change(
            run,
            () =>
            {
                run.Phase = RunPhase.Terminated;
                run.End = Ending.Of(run.Tasks);
                run.Ended = DateTimeOffset.UtcNow;
            }
        );
    }

    private async Task<Ending> GoAsync(Run run, TaskRun task, Task<Ending>[] before)
    {
        Ending[] ends = await Task.WhenAll(before);
        Ending end =
            task.RunsAfterFailure || Array.TrueForAll(ends, other => other.Result is "SUCCESS")
                ? await CarryOutAsync(run, task)
                : Ending.UpstreamFailed;
        book.Change(
            run,
            () =>
            {
                task.Phase = RunPhase.Terminated;
                task.End = end;
                task.Ended = DateTimeOffset.UtcNow;
            }
        );
        return end;
    }

    private async Task<Ending> CarryOutAsync(Run run, TaskRun task)
    {
        Compute.Lease? lease = null;
        try
        {
            RunPhase waiting = run.IsQueueing && compute.IsFull(task) ? RunPhase.Queued : RunPhase.Pending;
            book.Change(run, () => Enter(run, task, waiting));
            (lease, TaskResult? refusal) = await compute.AcquireAsync(task, run.Stop);
            TaskResult result = refusal ?? await ExecuteAsync(run, task, lease!);
            await ClearAwayAsync(run, task, result);
            return Ending.Of(result);
        }
        catch (OperationCanceledException)
        {
            await ClearAwayAsync(run, task, output: null);
            return run.Asked ?? Ending.TimedOut(TimeoutOf(run, task));
        }
        finally
        {
            lease?.Dispose();
        }
    }

    private Task ClearAwayAsync(Run run, TaskRun task, TaskResult? output)
    {
        book.Change(run, () => Leave(run, task, output));
        return Task.Delay(terminatingDelay, CancellationToken.None);
    }

    private async Task<TaskResult> ExecuteAsync(Run run, TaskRun task, Compute.Lease lease)
    {
        book.Change(
            run,
            () =>
            {
                Enter(run, task, RunPhase.Running);
                task.RunsOn = lease.ClusterId;
                task.Started = DateTimeOffset.UtcNow;
                run.Started ??= task.Started;
            }
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Stop);
        if (TimeoutOf(run, task) is > 0 and int seconds)
        {
            stop.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        TaskResult result = await execute(Describe(run, task), stop.Token);
        stop.Token.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>The shorter of the timeouts of the task and the run; 0 for none.</summary>
    private static int TimeoutOf(Run run, TaskRun task) =>
        run.TimeoutSeconds == 0 ? task.TimeoutSeconds
        : task.TimeoutSeconds == 0 ? run.TimeoutSeconds
        : Math.Min(run.TimeoutSeconds, task.TimeoutSeconds);

    private static void Enter(Run run, TaskRun task, RunPhase phase)
    {
        task.Phase = phase;
        if (run.Phase is not RunPhase.Running)
        {
            run.Phase = phase;
        }
    }

    private static void Leave(Run run, TaskRun task, TaskResult? output)
    {
        task.Phase = RunPhase.Terminating;
        task.Left = DateTimeOffset.UtcNow;
        task.Output = output;
        if (run.Tasks.All(other => other.Phase >= RunPhase.Terminating))
        {
            run.Phase = RunPhase.Terminating;
        }
    }

    private static SubmittedTask Describe(Run run, TaskRun task) =>
        new()
        {
            RunId = run.Id,
            TaskRunId = task.Id,
            RunName = run.Name,
            Token = run.Token,
            Tags = run.Tags,
            Key = task.Key,
            Kind = task.Kind,
            Definition = task.Definition,
            Dependencies = run.DependenciesOf(task),
        };
}
