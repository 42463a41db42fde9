using FunctionTune.History;
using FunctionTune.Hosting;
using FunctionTune.Service.Durable.Books;
using FunctionTune.Service.Durable.Orders;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable;

/// <summary>
/// The activities of a study's orchestration. Each reads the log to its head, does what it is told as far as the log still calls
/// for it, writes down what it learned, and answers what the orchestration has not seen. Carried out twice, or by two processes
/// at once, it counts once.
/// </summary>
/// <param name="book">The studies that this process knows.</param>
/// <param name="preparation">Makes studies of requests.</param>
/// <param name="time">The clock.</param>
public sealed class StudyActivities(StudyBook book, StudyPreparation preparation, TimeProvider time)
{
    /// <summary>Creates a study from its request, unless it exists.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellationToken">Ends the work; it is done again.</param>
    public async Task<PrepareAnswer> PrepareAsync(PrepareOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (!StudyId.IsValid(order.Study))
        {
            return new PrepareAnswer(PrepareOutcome.NotAsked);
        }

        try
        {
            return await book.WithAsync(
                    new StudyId(order.Study),
                    entry => preparation.RunAsync(entry, cancellationToken)
                )
                .ConfigureAwait(false);
        }
        catch (FunctionTuneException trouble)
        {
            return new PrepareAnswer(PrepareOutcome.Open) { Trouble = OutcomeText.Line(trouble.Message) };
        }
    }

    /// <summary>Reads where a study stands, once it is known how much can be carried.</summary>
    /// <param name="order">Which study, and whether nobody worked on it until now.</param>
    /// <param name="cancellationToken">Ends the work; it is done again.</param>
    public async Task<StudyStanding> LoadAsync(LoadOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return StudyId.IsValid(order.Study)
            ? await book.WithAsync(new StudyId(order.Study), entry => LoadAsync(entry, order, cancellationToken))
                .ConfigureAwait(false)
            : new StudyStanding(0, null);
    }

    /// <summary>Looks at the log, and writes down that the study's time is over when it is.</summary>
    /// <param name="order">Which study, and which deadline has passed.</param>
    /// <param name="cancellationToken">Ends the work; it is done again.</param>
    public Task<LogSlice> AppendAsync(AppendOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return WorkAsync(
            order.Study,
            order.Seen,
            entry =>
                entry.Ledger.AppendAsync(
                    record =>
                        order.Deadline is { } deadline
                        && StudyPlan.For(record.State).Contains(new StudyCommand.Wake(deadline))
                            ? [new StudyEvent.TimeLimitReached(time.GetUtcNow(), deadline)]
                            : [],
                    cancellationToken
                ),
            cancellationToken
        );
    }

    /// <summary>Suggests as many trials as the log calls for.</summary>
    /// <param name="order">Which study, and the number of the first new trial.</param>
    /// <param name="cancellationToken">Ends the work; it is done again.</param>
    public Task<LogSlice> SuggestAsync(SuggestOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return WorkAsync(
            order.Study,
            order.Seen,
            entry => new NextSteps(entry, time).SuggestAsync(order.First, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Starts attempts side by side, as far as the log still calls for them.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellationToken">Ends the work; it is done again.</param>
    public Task<LogSlice> StartAsync(StartOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return WorkAsync(
            order.Study,
            order.Seen,
            entry => new TrialWork(entry, time).StartAsync(order.Trials, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Asks attempts to stop, as far as they are under way.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellationToken">Ends the work; it is done again.</param>
    public Task<LogSlice> StopAsync(StopOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return WorkAsync(
            order.Study,
            order.Seen,
            entry => new TrialWork(entry, time).StopAsync(order.Trials.Contains, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Looks at all trials under way and fills the slots of those that have ended, until there is more to do or the time is over.</summary>
    /// <param name="order">Which study, and for how long.</param>
    /// <param name="cancellationToken">Ends the work; it is done again.</param>
    public Task<LogSlice> PollAsync(PollOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return WorkAsync(
            order.Study,
            order.Seen,
            entry => new TrialWork(entry, time).PollAsync(order.Seen, order.Hold, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Ends the study, and whatever it may have left running, if the log still calls for it.</summary>
    /// <param name="order">Which study, and why it is over.</param>
    /// <param name="cancellationToken">Ends the work; it is done again.</param>
    public Task<LogSlice> FinishAsync(FinishOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var end = new StudyCommand.End(order.Reason);
        return WorkAsync(
            order.Study,
            order.Seen,
            async entry =>
            {
                if (
                    await entry
                        .Ledger.LookAsync(record => StudyPlan.For(record.State).Contains(end), cancellationToken)
                        .ConfigureAwait(false)
                )
                {
                    // Before the end is written down: whoever dies in between sweeps again.
                    ITrialRunner runner = await entry.RunnerAsync(cancellationToken).ConfigureAwait(false);
                    await runner.SweepAsync(entry.Id, cancellationToken).ConfigureAwait(false);
                    await entry
                        .Ledger.AppendAsync(
                            _ => [new StudyEvent.Ended(time.GetUtcNow(), order.Reason)],
                            cancellationToken
                        )
                        .ConfigureAwait(false);
                }
            },
            cancellationToken
        );
    }

    private async Task<StudyStanding> LoadAsync(StudyEntry entry, LoadOrder order, CancellationToken cancellationToken)
    {
        string? trouble = null;
        try
        {
            await entry.Ledger.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            if (await entry.Ledger.LookAsync(record => record.State.IsCreated, cancellationToken).ConfigureAwait(false))
            {
                await TakeUpAsync(entry, order, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (FunctionTuneException e)
        {
            trouble = OutcomeText.Line(e.Message);
        }

        return await entry
            .Ledger.LookAsync(
                record => new StudyStanding(record.Version, record.State.IsCreated ? SlimForm.Of(record.State) : null)
                {
                    LastEventAt = record.LastEventAt,
                    Trouble = trouble,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>What is to be known before anything is started.</summary>
    private async Task TakeUpAsync(StudyEntry entry, LoadOrder order, CancellationToken cancellationToken)
    {
        await entry
            .Ledger.AppendAsync(
                record => order.Returns && Arrival.Of(record, time.GetUtcNow()) is { } returned ? [returned] : [],
                cancellationToken
            )
            .ConfigureAwait(false);
        if (await TrialWork.HasUseForCapacityAsync(entry, cancellationToken).ConfigureAwait(false))
        {
            ITrialRunner runner = await entry.RunnerAsync(cancellationToken).ConfigureAwait(false);
            await new TrialWork(entry, time).MeasureAsync(runner, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<LogSlice> WorkAsync(
        string study,
        long seen,
        Func<StudyEntry, Task> work,
        CancellationToken cancellationToken
    ) =>
        StudyId.IsValid(study)
            ? await book.WithAsync(new StudyId(study), entry => WorkAsync(entry, seen, work, cancellationToken))
                .ConfigureAwait(false)
            : new LogSlice(seen, seen, []) { Trouble = $"'{OutcomeText.Line(study, 80)}' is no id of a study." };

    private static async Task<LogSlice> WorkAsync(
        StudyEntry entry,
        long seen,
        Func<StudyEntry, Task> work,
        CancellationToken cancellationToken
    )
    {
        string? trouble = null;
        try
        {
            await entry.Ledger.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            if (
                !await entry.Ledger.LookAsync(record => record.State.IsCreated, cancellationToken).ConfigureAwait(false)
            )
            {
                throw new FunctionTuneException($"There is no study '{entry.Id}'.");
            }

            await work(entry).ConfigureAwait(false);
        }
        catch (FunctionTuneException e)
        {
            trouble = OutcomeText.Line(e.Message);
        }

        LogSlice slice = await entry.Ledger.SliceAsync(seen, cancellationToken).ConfigureAwait(false);
        return slice with { Trouble = trouble };
    }
}
