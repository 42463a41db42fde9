using FunctionTune.History;
using FunctionTune.Remote.Batching;
using FunctionTune.Remote.Trials;
using FunctionTune.Studies;

namespace FunctionTune.Remote.Jobs;

/// <summary>
/// What became of a trial whose job has ended. What the trial wrote comes first: a result that was written before the job failed
/// or was cancelled counts.
/// </summary>
/// <param name="files">The trials' files.</param>
/// <param name="batches">The files of batches.</param>
internal sealed class JobVerdict(TrialFiles files, BatchFiles batches)
{
    private static readonly TimeSpan s_nextTurn = TimeSpan.FromSeconds(1);

    /// <summary>The outcome of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="end">How its job ended.</param>
    /// <param name="isAsked">Whether a trial was asked to stop.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<TrialOutcome> OfAsync(
        FollowedRun run,
        JobEnd end,
        Func<StudyId, TrialAttempt, bool> isAsked,
        CancellationToken cancellationToken
    )
    {
        TrialOutcome? written = await files
            .ReadEndAsync(run.Run, run.Handle.Token, cancellationToken)
            .ConfigureAwait(false);
        if (written is not null)
        {
            return end.Outcome is { } late ? WithNote(written, late) : written;
        }

        bool isMember = run.Handle.Batch is not null;
        if (run.Reason is { } reason && (end.Outcome is TrialOutcome.Cancelled || (isMember && end.Outcome is null)))
        {
            return new TrialOutcome.Cancelled(reason);
        }

        if (isMember && end.Outcome is not (null or TrialOutcome.Failed { Kind: FailureKind.Misconfigured }))
        {
            TrialAttempt? culprit = await batches
                .FirstOpenAsync(run.Run.Study, run.Handle.Batch!, isAsked, files, cancellationToken)
                .ConfigureAwait(false);
            if (culprit is { } first && first != new TrialAttempt(run.Run.Trial, run.Run.Attempt))
            {
                return new TrialOutcome.Deferred("its batch ended before its turn came", s_nextTurn);
            }
        }

        JobEnd told = end.Explain is { } explain ? await explain(cancellationToken).ConfigureAwait(false) : end;
        return told.Outcome is { } outcome ? WithWait(outcome, run.Run.Attempt, run.Handle.Token)
            : told.Printed is { } printed && !isMember ? TrialResultReader.Read(printed)
            : new TrialOutcome.Failed(
                FailureKind.NoResult,
                "the run ended without a result: it wrote no result file and printed nothing"
            );
    }

    /// <summary>The same outcome, with a wait before the next attempt when the attempt was lost.</summary>
    public static TrialOutcome WithWait(TrialOutcome outcome, int attempt, string token) =>
        outcome is TrialOutcome.Lost { RetryAfter: null } lost
            ? lost with
            {
                RetryAfter = Backoff.Of(attempt, token),
            }
            : outcome;

    /// <summary>Tells a member of a batch to stop.</summary>
    /// <returns>Whether nobody else of the batch has anything left to do, so that the whole job can be cancelled.</returns>
    public async Task<bool> StopMemberAsync(
        FollowedRun run,
        Func<StudyId, TrialAttempt, bool> isAsked,
        CancellationToken cancellationToken
    )
    {
        await batches
            .StopAsync(run.Run.Study, new TrialAttempt(run.Run.Trial, run.Run.Attempt), cancellationToken)
            .ConfigureAwait(false);
        return await batches
            .FirstOpenAsync(run.Run.Study, run.Handle.Batch!, isAsked, files, cancellationToken)
            .ConfigureAwait(false)
            is null;
    }

    private static TrialOutcome WithNote(TrialOutcome written, TrialOutcome late)
    {
        string? what = late switch
        {
            TrialOutcome.Failed failed => $"the run failed after it wrote this result: {failed.Message}",
            TrialOutcome.Lost lost => $"the run was lost after it wrote this result: {lost.Message}",
            TrialOutcome.Deferred deferred => $"the run was refused after it wrote this result: {deferred.Message}",
            _ => null,
        };
        return what is not null && written is TrialOutcome.Succeeded { Result: var result }
            ? new TrialOutcome.Succeeded(
                result with
                {
                    Note = OutcomeText.Line(result.Note is { } first ? $"{first}; {what}" : what),
                }
            )
            : written;
    }
}
