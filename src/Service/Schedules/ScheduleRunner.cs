using System.Collections.Concurrent;
using System.Collections.Immutable;
using FunctionTune.Staging;
using FunctionTune.Studies;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Service.Schedules;

/// <summary>
/// Begins the studies of schedules. Each occurrence has one study of a known id, and its request is kept before anything begins,
/// so ticks that are doubled, that come from two hosts or that die half-way begin each study once.
/// </summary>
/// <param name="host">What works on studies.</param>
/// <param name="names">The area of the host, which tells what lies in it.</param>
/// <param name="book">The schedules.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told what is begun, and why something is not.</param>
public sealed class ScheduleRunner(
    IStudyHost host,
    IStagingNames names,
    ScheduleBook book,
    TimeProvider time,
    ILogger<ScheduleRunner> log
)
{
    /// <summary>How late an occurrence is still begun; of several that were missed only the latest is.</summary>
    public static readonly TimeSpan MostDelay = TimeSpan.FromMinutes(10);

    private readonly StudyRequests _requests = new(host.Area);
    private readonly ScheduleHistory _history = new(host, names);
    private readonly ConcurrentDictionary<string, string> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>Begins all studies that are due now; to be called each minute.</summary>
    /// <param name="cancellationToken">Ends the tick; what it has not begun, the next one begins.</param>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (ScheduleReading reading in await book.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reading.Schedule is not { } schedule)
            {
                TellOnce(reading.Place, string.Join(' ', reading.Problems));
                continue;
            }

            try
            {
                await TickAsync(schedule, now, cancellationToken).ConfigureAwait(false);
                _told.TryRemove(reading.Place, out _);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // A defect that one schedule meets is no reason for the others to stand still.
                TellOnce(reading.Place, fault is FunctionTuneException ? fault.Message : fault.ToString());
            }
        }
    }

    private async Task TickAsync(Schedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!schedule.Enabled)
        {
            return;
        }

        if (
            !_known.TryGetValue(schedule.Name, out string? cron)
            || !string.Equals(cron, schedule.Cron.Text, StringComparison.Ordinal)
        )
        {
            _known[schedule.Name] = schedule.Cron.Text;
            DateTimeOffset next = schedule.Cron.Next(now);
            log.Known(schedule.Name, schedule.Cron.Text, next);
        }

        if (schedule.Cron.Last(now - MostDelay, now) is not { } occurrence)
        {
            return;
        }

        StudyId id = schedule.IdAt(occurrence);
        if (await _requests.ReadAsync(id, cancellationToken).ConfigureAwait(false) is null)
        {
            if (!await AskAsync(schedule, occurrence, now, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
        else if (!await IsUnbegunAsync(id, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await host.BeginAsync(id, cancellationToken).ConfigureAwait(false);
        log.Begun(id, schedule.Name);
    }

    /// <summary>Keeps the request of an occurrence; false when its schedule's study before still goes on.</summary>
    private async Task<bool> AskAsync(
        Schedule schedule,
        DateTimeOffset occurrence,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        StudyId id = schedule.IdAt(occurrence);
        ImmutableArray<StudyId> earlier = await _history
            .EarlierAsync(schedule, id, cancellationToken)
            .ConfigureAwait(false);
        if (!earlier.IsEmpty && await _history.GoesOnAsync(earlier[0], now, cancellationToken).ConfigureAwait(false))
        {
            TellOnce(schedule.Name, $"{id} is not begun: {earlier[0]}, the study before it, still goes on.");
            return false;
        }

        StudyRecord? previous =
            schedule.WarmStart > 0
                ? await _history.BestOfAsync(earlier, cancellationToken).ConfigureAwait(false)
                : null;
        var request = new StudyRequest(WarmStart.Study(schedule, occurrence, previous), now);
        await _requests.CreateAsync(id, request, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether an earlier tick died after it had kept the request.</summary>
    private async Task<bool> IsUnbegunAsync(StudyId id, CancellationToken cancellationToken) =>
        (await host.Store.ReadAsync(id, 0, cancellationToken).ConfigureAwait(false)).Version == 0
        && await _requests.RefusalAsync(id, cancellationToken).ConfigureAwait(false) is null;

    /// <summary>A tick comes each minute: what it has said already, it does not say again.</summary>
    private void TellOnce(string about, string what)
    {
        if (!_told.TryGetValue(about, out string? before) || !string.Equals(before, what, StringComparison.Ordinal))
        {
            _told[about] = what;
            log.NotBegun(about, what);
        }
    }
}
