using System.Collections.Concurrent;
using FunctionTune.Hosting;
using FunctionTune.Service.Durable.Books;
using FunctionTune.Staging;
using FunctionTune.Studies;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Service.Durable;

/// <summary>
/// Looks after studies that nobody looks after, every few minutes: one whose instance is gone is worked on again, and so is a
/// request that no instance took up; one whose instance an administrator ended is cancelled, so that its trials do not go on for
/// nobody; what a study that is over may have left running is ended.
/// </summary>
/// <param name="names">Lists what lies in the container of the studies.</param>
/// <param name="requests">The requests for studies.</param>
/// <param name="platforms">What carries out trials.</param>
/// <param name="book">The studies that this process knows.</param>
/// <param name="instances">Who works on studies.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told what was done, and what could not be.</param>
public sealed partial class Janitor(
    IStagingNames names,
    StudyRequests requests,
    TrialPlatforms platforms,
    StudyBook book,
    IInstances instances,
    TimeProvider time,
    ILogger<Janitor> log
)
{
    // Whoever was about to start a trial when its study ended has given up, or has done it, by then.
    private static readonly TimeSpan s_aftermath = TimeSpan.FromHours(2);

    // Whoever wrote a request is about to begin the work on it.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    // Studies that were over, or refused, when somebody looked: whoever lets one go on begins the work on it himself.
    private readonly ConcurrentDictionary<StudyId, bool> _settled = new();

    /// <summary>Looks after every study once. Twice at the same time does no harm.</summary>
    /// <param name="cancellationToken">Ends the round; the next one does the rest.</param>
    /// <exception cref="FunctionTuneException">The store or the durable framework cannot be reached.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var known = new SortedDictionary<string, InstanceReport?>(StringComparer.Ordinal);
        foreach (string name in await names.ListAsync("studies", "", cancellationToken).ConfigureAwait(false))
        {
            known[name] = null;
        }

        await foreach (InstanceReport report in instances.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            known[report.Id] = report;
        }

        foreach ((string name, InstanceReport? report) in known.Where(pair => StudyId.IsValid(pair.Key)))
        {
            var id = new StudyId(name);
            if (report is { Status: InstanceStatus.Running })
            {
                _settled.TryRemove(id, out _);
            }
            else if (!_settled.ContainsKey(id) && !IsLongCompleted(report))
            {
                await TryAsync(id, report?.Status, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // An orchestration completes when its study is over: years of such studies are not read again every few minutes.
    private bool IsLongCompleted(InstanceReport? report) =>
        report is { Status: InstanceStatus.Completed } && time.GetUtcNow() - report.ChangedAt >= s_aftermath;

    private async Task TryAsync(StudyId id, InstanceStatus? status, CancellationToken cancellationToken)
    {
        try
        {
            await book.WithAsync(
                    id,
                    async entry =>
                    {
                        await LookAfterAsync(entry, status, cancellationToken).ConfigureAwait(false);
                        return true;
                    }
                )
                .ConfigureAwait(false);
        }
        catch (FunctionTuneException trouble)
        {
            // One study's trouble keeps no other from being looked after.
            Troubled(id, trouble);
        }
    }

    private async Task LookAfterAsync(StudyEntry entry, InstanceStatus? status, CancellationToken cancellationToken)
    {
        await entry.Ledger.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        (StudyState state, string? platform) = await entry
            .Ledger.LookAsync(
                record => (record.State, record.State.IsCreated ? TrialPlatforms.NameOf(record.Spec.Trial) : null),
                cancellationToken
            )
            .ConfigureAwait(false);
        bool isOurs = platform is not null && platforms.Names.Contains(platform, StringComparer.Ordinal);
        switch (state)
        {
            case { IsCreated: false }:
                await AskAgainAsync(entry.Id, status, cancellationToken).ConfigureAwait(false);
                break;
            case { IsOver: true }:
                if (isOurs && time.GetUtcNow() - state.EndedAt < s_aftermath)
                {
                    ITrialRunner sweeper = await entry.RunnerAsync(cancellationToken).ConfigureAwait(false);
                    await sweeper.SweepAsync(entry.Id, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    _settled.TryAdd(entry.Id, true);
                }

                break;
            case var _ when isOurs:
                if (status == InstanceStatus.Terminated)
                {
                    StudyEvent cancel = new StudyEvent.CancelRequested(time.GetUtcNow());
                    await entry.Ledger.AppendAsync(_ => [cancel], cancellationToken).ConfigureAwait(false);
                }

                await BeginAsync(entry.Id, status, cancellationToken).ConfigureAwait(false);
                break;
            default:
                // Somebody put the log of a study here that another host works on.
                break;
        }
    }

    /// <summary>A request that did not become a study yet.</summary>
    private async Task AskAgainAsync(StudyId id, InstanceStatus? status, CancellationToken cancellationToken)
    {
        if (await requests.ReadAsync(id, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            return;
        }

        if (await requests.RefusalAsync(id, cancellationToken).ConfigureAwait(false) is not null)
        {
            _settled.TryAdd(id, true);
            return;
        }

        if (status is null && time.GetUtcNow() - request.At < s_patience)
        {
            return;
        }

        if (status == InstanceStatus.Terminated)
        {
            await requests.CancelAsync(id, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }

        await BeginAsync(id, status, cancellationToken).ConfigureAwait(false);
    }

    private async Task BeginAsync(StudyId id, InstanceStatus? status, CancellationToken cancellationToken)
    {
        await instances.BeginAsync(new StudyRun(id.ToString()), cancellationToken).ConfigureAwait(false);
        BegunAgain(id, status);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Study {Study} is worked on again; its instance was {Status}")]
    private partial void BegunAgain(StudyId study, InstanceStatus? status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Study {Study} could not be looked after")]
    private partial void Troubled(StudyId study, Exception trouble);
}
