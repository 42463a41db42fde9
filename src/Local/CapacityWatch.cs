using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Asks a runner now and then what it can carry: clusters grow and shrink while a study runs.</summary>
internal sealed class CapacityWatch(ITrialRunner runner, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    private Task? _due;
    private Task<RunnerCapacity?>? _look;

    /// <summary>What is known of the capacity before anything is started.</summary>
    public async Task<IEnumerable<StudyEvent>> BeginAsync(StudyState state, CancellationToken cancellationToken) =>
        IsOfUse(state) ? News(state, await runner.MeasureAsync(cancellationToken).ConfigureAwait(false)) : [];

    /// <summary>Completes when it is time to ask again, or when an answer is there.</summary>
    public Task DueAsync(CancellationToken cancellationToken) =>
        _look ?? (_due ??= Task.Delay(s_interval, time, cancellationToken));

    /// <summary>What is new about the capacity, if the study has to know.</summary>
    public async Task<IEnumerable<StudyEvent>> LookAsync(StudyState state, CancellationToken cancellationToken)
    {
        if (_due is { IsCompletedSuccessfully: true })
        {
            _due = null;
            _look = IsOfUse(state) ? runner.MeasureAsync(cancellationToken) : null;
        }

        if (_look is not { IsCompleted: true } look)
        {
            return [];
        }

        _look = null;
        return News(state, await look.ConfigureAwait(false));
    }

    private static bool IsOfUse(StudyState state) => state.Status is StudyStatus.Running or StudyStatus.Paused;

    private IEnumerable<StudyEvent> News(StudyState state, RunnerCapacity? now) =>
        now is not null && IsNews(state, now)
            ? [new StudyEvent.CapacityMeasured(time.GetUtcNow(), now.Slots, now.Why, now.Ceiling)]
            : [];

    private static bool IsNews(StudyState state, RunnerCapacity now) =>
        state.Capacity is { } known
            ? (known.Slots, known.Ceiling, known.Why) != (now.Slots, now.Ceiling, now.Why)
            : state.Limits.AutoParallelism || now.Ceiling is not null;
}
