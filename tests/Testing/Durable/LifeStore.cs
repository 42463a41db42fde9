using System.Collections.Immutable;
using FunctionTune.Studies;

namespace FunctionTune.Testing.Durable;

/// <summary>A worker's way to a store: the worker may die before and after each call. What is written goes through its JSON.</summary>
/// <param name="store">The store.</param>
/// <param name="life">The worker.</param>
internal sealed class LifeStore(IStudyStore store, WorkerLife life) : IStudyStore
{
    public async Task<StudyLog> ReadAsync(StudyId id, long from, CancellationToken cancellationToken)
    {
        await life.PassAsync();
        return await store.ReadAsync(id, from, cancellationToken);
    }

    public async Task<long> AppendAsync(
        StudyId id,
        long expectedVersion,
        ImmutableArray<StudyEvent> events,
        CancellationToken cancellationToken
    )
    {
        await life.PassAsync();
        ImmutableArray<StudyEvent> written = [.. events.Select(fact => StudyJson.Read(StudyJson.Write(fact)))];
        long version = await store.AppendAsync(id, expectedVersion, written, cancellationToken);
        await life.PassAsync();
        return version;
    }

    public Task<ImmutableArray<StudyId>> ListAsync(CancellationToken cancellationToken) =>
        store.ListAsync(cancellationToken);
}
