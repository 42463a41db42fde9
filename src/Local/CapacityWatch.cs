using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Asks a runner now and then what it can carry: clusters grow and shrink while a study runs.</summary>
internal sealed class CapacityWatch(ITrialRunner runner, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    private Task? _due = Task.CompletedTask;

    /// <summary>Completes when it is time to ask again.</summary>
    public Task DueAsync(CancellationToken cancellationToken) =>
        _due ??= Task.Delay(s_interval, time, cancellationToken);

    /// <summary>What is new about the capacity, if it is time to ask and the study has to know.</summary>
    public async Task<IEnumerable<StudyEvent>> LookAsync(StudyState state, CancellationToken cancellationToken)
    {
        if (
            _due is not { IsCompletedSuccessfully: true }
            || state.Status is not (StudyStatus.Running or StudyStatus.Paused)
        )
        {
            return [];
        }

        _due = null;
        RunnerCapacity? now = await runner.MeasureAsync(cancellationToken).ConfigureAwait(false);
        return now is not null && IsNews(state, now)
            ? [new StudyEvent.CapacityMeasured(time.GetUtcNow(), now.Slots, now.Why, now.Ceiling)]
            : [];
    }

    private static bool IsNews(StudyState state, RunnerCapacity now) =>
        state.Capacity is { } known
            ? (known.Slots, known.Ceiling, known.Why) != (now.Slots, now.Ceiling, now.Why)
            : state.Limits.AutoParallelism || now.Ceiling is not null;
}
