using FunctionTune.Service.Durable.Books;
using FunctionTune.Service.Rules;
using FunctionTune.Staging;
using FunctionTune.Studies;

namespace FunctionTune.Service.Durable;

/// <summary>Studies that durable instances work on, over a store that all of them reach.</summary>
/// <param name="store">The logs of the studies.</param>
/// <param name="area">The container in which they are kept.</param>
/// <param name="rules">What the host lets nobody ask for.</param>
/// <param name="book">The studies that this process knows.</param>
/// <param name="instances">Who works on studies.</param>
public sealed class DurableStudyHost(
    IStudyStore store,
    IStagingArea area,
    StudyRules rules,
    StudyBook book,
    IInstances instances
) : IStudyHost
{
    /// <inheritdoc/>
    public IStudyStore Store => store;

    /// <inheritdoc/>
    public IStagingArea Area => area;

    /// <inheritdoc/>
    public StudyRules Rules => rules;

    /// <inheritdoc/>
    public Task BeginAsync(StudyId id, CancellationToken cancellationToken) =>
        instances.BeginAsync(new StudyRun(id.ToString()), cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> TroubleAsync(StudyId id, CancellationToken cancellationToken) =>
        await instances.FindAsync(id, cancellationToken).ConfigureAwait(false)
            is { Status: InstanceStatus.Running, Progress: { } progress }
            ? progress.Trouble
            : null;

    /// <inheritdoc/>
    /// <remarks>The log is the truth: the instance is only told to look, and an instance that nobody could tell looks within minutes.</remarks>
    public async Task SteerAsync(StudyId id, StudyEvent wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        bool isOver = await book.WithAsync(
                id,
                async entry =>
                {
                    await entry.Ledger.CatchUpAsync(cancellationToken).ConfigureAwait(false);
                    await entry.Ledger.AppendAsync(_ => [wish], cancellationToken).ConfigureAwait(false);
                    return entry.Ledger.IsOver;
                }
            )
            .ConfigureAwait(false);
        InstanceReport? instance = await instances.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (instance is { Status: InstanceStatus.Running })
        {
            await instances.NudgeAsync(id, cancellationToken).ConfigureAwait(false);
        }
        else if (!isOver)
        {
            await BeginAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }
}
