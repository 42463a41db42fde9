using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Service.Simulation;

/// <summary>Attempts that only take time. What they are is in their handles; any process can follow and stop them.</summary>
/// <param name="options">What the study says.</param>
/// <param name="stops">Which attempts were asked to stop.</param>
/// <param name="time">The clock.</param>
internal sealed class SimulatedRunner(SimulatedOptions options, StopMarks stops, TimeProvider time) : ITrialRunner
{
    private const int Slots = 8;

    /// <summary>The longest wait for news: an attempt that was started meanwhile may end before those known.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<string, JsonElement> _started = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(int Trial, int Attempt), int> _told = new();
    private DateTimeOffset _nextEnd = DateTimeOffset.MaxValue;

    /// <inheritdoc/>
    public bool OutlivesHost => true;

    /// <inheritdoc/>
    public Task<RunnerCapacity?> MeasureAsync(CancellationToken cancellationToken) =>
        Task.FromResult<RunnerCapacity?>(new RunnerCapacity(Slots, "simulated trials need no machine"));

    /// <inheritdoc/>
    public Task<StartResult> StartAsync(TrialStart start, CancellationToken cancellationToken)
    {
        JsonElement handle = _started.GetOrAdd(
            start.Token,
            _ => JsonSerializer.SerializeToElement(SimulatedRun.Of(options, start, time.GetUtcNow()), StudyJson.Options)
        );
        return Task.FromResult(new StartResult(handle, null));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RunReport>> PollAsync(
        ImmutableArray<TrialRun> runs,
        CancellationToken cancellationToken
    )
    {
        await stops.RefreshAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        (TrialRun Run, SimulatedRun Course)[] courses = [.. runs.Select(run => (run, CourseOf(run)))];
        _nextEnd = courses
            .Select(c => c.Course.Ends)
            .Where(end => end > now)
            .DefaultIfEmpty(DateTimeOffset.MaxValue)
            .Min();
        return [.. courses.Select(c => Look(c.Run, c.Course, now))];
    }

    /// <inheritdoc/>
    public async Task StopAsync(TrialRun run, string reason, CancellationToken cancellationToken)
    {
        SimulatedRun course = CourseOf(run);
        DateTimeOffset now = time.GetUtcNow();
        if (now < course.Ends && stops.On(run.Trial, run.Attempt, course) is null)
        {
            var mark = new StopMark(run.Trial, run.Attempt, reason, now);
            await stops.AddAsync(mark, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task WaitForNewsAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait = _nextEnd - time.GetUtcNow();
        TimeSpan bounded = TimeSpan.FromTicks(Math.Clamp(wait.Ticks, s_shortestWait.Ticks, s_longestWait.Ticks));
        return Task.Delay(bounded, time, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SweepAsync(StudyId study, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        stops.Dispose();
        return ValueTask.CompletedTask;
    }

    private static SimulatedRun CourseOf(TrialRun run) =>
        run.Handle.Deserialize<SimulatedRun>(StudyJson.Options)
        ?? throw new FunctionTuneException($"The handle of trial {run.Trial} tells no simulated course.");

    private RunReport Look(TrialRun run, SimulatedRun course, DateTimeOffset now)
    {
        StopMark? mark = stops.On(run.Trial, run.Attempt, course);
        int told = _told.GetValueOrDefault((run.Trial, run.Attempt));
        ImmutableArray<IntermediateValue> values = course.ReportsAt(told, mark?.At ?? now);
        if (!values.IsEmpty)
        {
            _told[(run.Trial, run.Attempt)] = told + values.Length;
        }

        return new RunReport(values, mark is null ? course.OutcomeAt(now) : new TrialOutcome.Cancelled(mark.Reason));
    }
}
