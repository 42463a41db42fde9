using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FunctionTune.Hosting;
using FunctionTune.Studies;
using FunctionTune.Suggest;

namespace FunctionTune.Local;

/// <summary>Takes up a study in this process, from wherever its log stands, and runs it to its end.</summary>
internal sealed class StudySession(IStudyStore store, TimeProvider time, IStudyInbox? inbox)
{
    /// <summary>Runs the study in <paramref name="record"/>, which holds its whole log.</summary>
    /// <exception cref="OperationCanceledException">
    /// The run was cancelled: trials were stopped, the log is kept, and the study can be taken up again.
    /// </exception>
    public async Task RunAsync(StudyRecord record, StudyRunOptions options, CancellationToken cancellationToken)
    {
        Lazy<ISuggester> suggester = SuggesterOf(record, options);
        ITrialRunner runner = await options.CreateRunner(record, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable ending = runner.ConfigureAwait(false);
        var study = new LocalStudy
        {
            Id = record.Id,
            Store = store,
            Record = record,
            Runner = runner,
            Suggester = suggester,
            Time = time,
            Inbox = inbox,
            StopRule = options.StopRule,
            Changed = options.Changed,
        };
        var capacity = new CapacityWatch(runner, time);
        StudyEvent[] arrival = Arrival.Of(record, time.GetUtcNow()) is { } returned ? [returned] : [];
        ImmutableArray<StudyEvent> first =
        [
            .. arrival,
            .. await capacity.BeginAsync(record.State, cancellationToken).ConfigureAwait(false),
        ];
        if (!first.IsEmpty)
        {
            await study.AppendAsync(first).ConfigureAwait(false);
        }

        using var host = new LocalStudyHost(study, capacity, cancellationToken);
        try
        {
            await StudyLoop.RunAsync(record.State, host).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await host.InterruptAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// A study that only stops needs no algorithm, and is ended by a program that does not know it, too; one that goes on does not
    /// begin without it.
    /// </summary>
    private static Lazy<ISuggester> SuggesterOf(StudyRecord record, StudyRunOptions options)
    {
        AlgoSpec algo = record.Spec.Algo;
        return record.State.Status is StudyStatus.Stopping or StudyStatus.Ended
            ? new Lazy<ISuggester>(() => options.Suggesters.Create(algo))
            : new Lazy<ISuggester>(options.Suggesters.Create(algo));
    }
}
