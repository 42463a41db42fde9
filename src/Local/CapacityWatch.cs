using FunctionTune.Hosting;
using FunctionTune.Studies;

namespace FunctionTune.Local;

/// <summary>Asks a runner now and then what it can carry: clusters grow and shrink while a study runs.</summary>
internal sealed class CapacityWatch(ITrialRunner runner, TimeProvider time)
{
    private Task? _due;
    private Task<RunnerCapacity?>? _look;

    /// <summary>What is known of the capacity before anything is started.</summary>
    public async Task<IEnumerable<StudyEvent>> BeginAsync(StudyState state, CancellationToken cancellationToken) =>
        CapacityNews.IsOfUse(state)
            ? News(state, await runner.MeasureAsync(cancellationToken).ConfigureAwait(false))
            : [];

    /// <summary>Completes when it is time to ask again, or when an answer is there.</summary>
    public Task DueAsync(CancellationToken cancellationToken) =>
        _look ?? (_due ??= Task.Delay(CapacityNews.Interval, time, cancellationToken));

    /// <summary>What is new about the capacity, if the study has to know.</summary>
    public async Task<IEnumerable<StudyEvent>> LookAsync(StudyState state, CancellationToken cancellationToken)
    {
        if (_due is { IsCompletedSuccessfully: true })
        {
            _due = null;
            _look = CapacityNews.IsOfUse(state) ? runner.MeasureAsync(cancellationToken) : null;
        }

        if (_look is not { IsCompleted: true } look)
        {
            return [];
        }

        _look = null;
        return News(state, await look.ConfigureAwait(false));
    }

    private IEnumerable<StudyEvent> News(StudyState state, RunnerCapacity? now) =>
        CapacityNews.Of(state, now, time.GetUtcNow()) is { } news ? [news] : [];
}
