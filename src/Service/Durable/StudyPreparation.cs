using FunctionTune.Hosting;
using FunctionTune.Service.Durable.Books;
using FunctionTune.Service.Rules;
using FunctionTune.Studies;
using Microsoft.Extensions.Logging;

namespace FunctionTune.Service.Durable;

/// <summary>
/// Makes studies of requests. Whoever holds the key of a durable framework's own endpoints can start an orchestration with any
/// input: nothing that such an input says is believed, only a request that lies beside the logs, checked once more.
/// </summary>
/// <param name="requests">The requests.</param>
/// <param name="rules">What the host lets nobody ask for.</param>
/// <param name="platforms">What carries out trials.</param>
/// <param name="data">Finds and stages data.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told what people should know.</param>
public sealed partial class StudyPreparation(
    StudyRequests requests,
    StudyRules rules,
    TrialPlatforms platforms,
    IDataStaging data,
    TimeProvider time,
    ILogger<StudyPreparation> log
)
{
    /// <summary>Creates a study from its request, unless it exists.</summary>
    internal async Task<PrepareAnswer> RunAsync(StudyEntry entry, CancellationToken cancellationToken)
    {
        await entry.Ledger.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        if (await entry.Ledger.LookAsync(record => record.State.IsCreated, cancellationToken).ConfigureAwait(false))
        {
            return await CreatedAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        if (await requests.RefusalAsync(entry.Id, cancellationToken).ConfigureAwait(false) is not null)
        {
            return new PrepareAnswer(PrepareOutcome.Refused);
        }

        if (await requests.ReadAsync(entry.Id, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            return new PrepareAnswer(PrepareOutcome.NotAsked);
        }

        try
        {
            await CreateAsync(entry, request, cancellationToken).ConfigureAwait(false);
            return await CreatedAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidInputException e)
        {
            await requests.RefuseAsync(entry.Id, e.Problems, cancellationToken).ConfigureAwait(false);
            return new PrepareAnswer(PrepareOutcome.Refused);
        }
    }

    private async Task CreateAsync(StudyEntry entry, StudyRequest request, CancellationToken cancellationToken)
    {
        StudySpec asked = rules.Read(request.Study).Required();
        StudySpec known = await platforms
            .PrepareAsync(entry.Id, asked, data, line => Warned(entry.Id, line), cancellationToken)
            .ConfigureAwait(false);
        await entry
            .Ledger.AppendAsync(
                _ => [new StudyEvent.Created(time.GetUtcNow(), StudyJson.Format, entry.Id, known)],
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Takes over the wish to cancel that came before the log was there, and returns.</summary>
    private async Task<PrepareAnswer> CreatedAsync(StudyEntry entry, CancellationToken cancellationToken)
    {
        if (await requests.CancellationAsync(entry.Id, cancellationToken).ConfigureAwait(false) is { } cancellation)
        {
            await entry.Ledger.AppendAsync(_ => [cancellation], cancellationToken).ConfigureAwait(false);
        }

        return new PrepareAnswer(PrepareOutcome.Created);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Study {Study}: {Line}")]
    private partial void Warned(StudyId study, string line);
}
