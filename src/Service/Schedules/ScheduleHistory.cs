using System.Collections.Immutable;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service.Schedules;

/// <summary>The studies that schedules began, found by their ids.</summary>
/// <param name="host">What works on studies.</param>
/// <param name="names">Tells what lies beside the logs, so that a study is seen before it has one.</param>
internal sealed class ScheduleHistory(IStudyHost host, IStagingNames names)
{
    /// <summary>How many earlier studies are looked through for one in which a trial succeeded.</summary>
    private const int MostLooks = 5;

    /// <summary>A request that nobody could prepare for so long is no study that goes on.</summary>
    private static readonly TimeSpan s_mostPreparation = TimeSpan.FromDays(1);

    private readonly StudyRequests _requests = new(host.Area);

    /// <summary>The studies of a schedule that are earlier than another of it, latest first.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="than">The other study.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async Task<ImmutableArray<StudyId>> EarlierAsync(
        Schedule schedule,
        StudyId than,
        CancellationToken cancellationToken
    )
    {
        string start = Schedule.IdStart(schedule.Name);
        ImmutableArray<string> found = await names.ListAsync("studies", start, cancellationToken).ConfigureAwait(false);
        return
        [
            .. found
                // Another schedule's name may begin like this one's and go on.
                .Where(id =>
                    id.Length == start.Length + Schedule.TimeLength
                    && id.AsSpan(start.Length).IndexOfAnyExceptInRange('0', '9') < 0
                )
                .Where(id => string.CompareOrdinal(id, than.ToString()) < 0)
                .OrderDescending(StringComparer.Ordinal)
                .Select(id => new StudyId(id)),
        ];
    }

    /// <summary>Whether a study is not over: its log says so, or it is being prepared.</summary>
    /// <param name="id">The study.</param>
    /// <param name="now">The present time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<bool> GoesOnAsync(StudyId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        StudyRecord? study = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
        return study is not null
            ? !study.State.IsOver
            : await _requests.ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } request
                && now - request.At < s_mostPreparation
                && await _requests.RefusalAsync(id, cancellationToken).ConfigureAwait(false) is null;
    }

    /// <summary>
    /// The study to begin from: the latest in which a trial succeeded, or the latest of all when none is near; null when there is
    /// none.
    /// </summary>
    /// <param name="earlier">Earlier studies, latest first.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<StudyRecord?> BestOfAsync(ImmutableArray<StudyId> earlier, CancellationToken cancellationToken)
    {
        StudyRecord? latest = null;
        foreach (StudyId id in earlier.Take(MostLooks))
        {
            StudyRecord? study = await ReadAsync(id, cancellationToken).ConfigureAwait(false);
            if (study?.Best is not null)
            {
                return study;
            }

            latest ??= study;
        }

        return latest;
    }

    /// <summary>A study as its log tells it; null when it has none that can be read.</summary>
    public async Task<StudyRecord?> ReadAsync(StudyId id, CancellationToken cancellationToken)
    {
        try
        {
            StudyLog log = await host.Store.ReadAsync(id, 0, cancellationToken).ConfigureAwait(false);
            return log.Events is [StudyEvent.Created, ..] ? StudyRecord.From(log.Events) : null;
        }
        catch (StudyLogException)
        {
            return null; // damaged: whoever opens it is told, and the schedule goes on without it
        }
    }
}
